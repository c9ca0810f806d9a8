package org.wanglou.alerting.cases;

import java.util.List;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;

/** Proposes grades anew for an incident whose impact a person entered: the correlator's grading by tables. Thread-safe. */
public interface Regrade {
    List<Grade> propose(Incident incident, Incident.Impact impact);

    /** Keeps the incident's own proposals; for tools without a correlator. */
    static Regrade none() {
        return (incident, impact) -> incident.grades();
    }
}
