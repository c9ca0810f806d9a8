package org.wanglou.correlator.stories.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wanglou.bus.codec.IncidentCodec;
import org.wanglou.bus.codec.SignalCodec;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;
import org.wanglou.model.Signal;

/**
 * The rows of the stories' store: {@code s} organisation NUL signal id → the signal; {@code i} organisation NUL incident id
 * → the last published revision.
 */
final class StoryRows {
    private StoryRows() {}

    static String signalKey(String organization, String id) {
        return "s" + organization + '\0' + id;
    }

    static String incidentKey(String organization, String id) {
        return "i" + organization + '\0' + id;
    }

    static boolean isSignal(String key) {
        return key.startsWith("s");
    }

    static String organization(String key) {
        int end = key.indexOf('\0');
        return end < 0 ? "" : key.substring(1, end);
    }

    static byte[] signal(Signal signal) {
        return SignalCodec.encode(signal);
    }

    static Signal signal(byte[] row) {
        try {
            return SignalCodec.decode(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] incident(Incident incident) {
        return IncidentCodec.encode(incident);
    }

    static Incident incident(byte[] row) {
        try {
            return IncidentCodec.decode(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a revision says something else than the one before; which snapshot it was judged by does not count. */
    static boolean differs(Incident stored, Incident next) {
        return !comparable(stored).equals(comparable(next));
    }

    private static Incident comparable(Incident incident) {
        List<Grade> grades = incident.grades().stream()
                .map(grade -> new Grade(
                        grade.scheme(),
                        grade.value(),
                        grade.state(),
                        grade.by(),
                        0,
                        grade.basis(),
                        "",
                        grade.verified()))
                .toList();
        return with(incident, 0, incident.status(), grades, Map.of(), incident.explanation());
    }

    /** The same incident, settled, as its next revision. */
    static Incident settled(Incident incident) {
        return with(
                incident,
                incident.revision() + 1,
                Incident.Status.SETTLED,
                incident.grades(),
                incident.references(),
                incident.explanation());
    }

    /** The same incident, taken back, as its next revision. */
    static Incident retracted(Incident incident) {
        List<Incident.Reason> reasons = new ArrayList<>(incident.explanation());
        reasons.add(new Incident.Reason("迟到的日志或修订的告警使判定不再成立", "", "", "撤回本事件", true));
        return with(
                incident,
                incident.revision() + 1,
                Incident.Status.RETRACTED,
                incident.grades(),
                incident.references(),
                reasons);
    }

    private static Incident with(
            Incident incident,
            int revision,
            Incident.Status status,
            List<Grade> grades,
            Map<String, String> references,
            List<Incident.Reason> explanation) {
        return new Incident(
                incident.id(),
                incident.storyKey(),
                revision,
                status,
                incident.opened(),
                incident.updated(),
                incident.title(),
                incident.severity(),
                incident.category(),
                grades,
                incident.confidence(),
                incident.organization(),
                incident.organizationName(),
                incident.assets(),
                incident.actors(),
                incident.stages(),
                incident.signals(),
                incident.impact(),
                explanation,
                references,
                incident.playbook(),
                incident.fingerprint());
    }
}
