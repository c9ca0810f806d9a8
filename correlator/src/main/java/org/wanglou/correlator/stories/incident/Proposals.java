package org.wanglou.correlator.stories.incident;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;
import org.wanglou.model.Snapshots;
import org.wanglou.model.judgement.GradeQuestion;
import org.wanglou.model.registry.Asset;

/**
 * What the tables propose for an incident whose impact a person has entered: the same rules over the same rows as in the
 * story session, asked outside of it. Thread-safe; one question at a time.
 */
public final class Proposals {
    private final Supplier<Optional<Knowledge>> knowledge;
    private final Snapshots snapshots;
    private Optional<Knowledge> asked = Optional.empty();
    private Optional<Grader> grader = Optional.empty();

    /** @param knowledge in force; empty while the first is still being compiled */
    public Proposals(Supplier<Optional<Knowledge>> knowledge, Snapshots snapshots) {
        this.knowledge = knowledge;
        this.snapshots = snapshots;
    }

    /**
     * One proposal for each scheme that says something, dated with the incident's last change.
     *
     * @return the incident's own proposals while there is no knowledge yet
     */
    public synchronized List<Grade> propose(Incident incident, Incident.Impact impact) {
        Optional<Knowledge> now = knowledge.get();
        if (now.isEmpty()) {
            return incident.grades();
        }
        if (asked.isEmpty() || asked.get() != now.get() || grader.isEmpty()) {
            asked = now;
            grader = Optional.of(new Grader(now.get()));
        }
        return grader.get().ask(question(incident, impact), incident.opened()).grades().stream()
                .map(grade -> IncidentAssembler.at(grade, incident.updated()))
                .toList();
    }

    private GradeQuestion question(Incident incident, Incident.Impact impact) {
        boolean critical = incident.assets().stream()
                .flatMap(asset -> snapshots.registry().asset(asset.id()).stream())
                .anyMatch(Asset::critical);
        int level = incident.assets().stream()
                .mapToInt(Incident.AssetRef::protectionLevel)
                .max()
                .orElse(0);
        return new GradeQuestion(
                incident.storyKey(),
                incident.category().key(),
                impact.outcome().isEmpty() ? incident.impact().outcome() : impact.outcome(),
                level,
                critical,
                impact.dataClass(),
                impact.persons(),
                impact.hours(),
                "",
                "");
    }
}
