package org.wanglou.ui.cases;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wanglou.alerting.playbook.Journal;
import org.wanglou.model.Category;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Deadline;
import org.wanglou.model.cases.Message;
import org.wanglou.ui.api.Duty;
import org.wanglou.ui.api.SealView;
import org.wanglou.ui.http.Json;

/** The shapes in which cases leave the server: names and words of the API's contract. Pure. */
final class CaseView {
    private CaseView() {}

    record Unit(String id, String name) {}

    record AssetView(String id, String name, int protectionLevel) {}

    record CategoryView(String key, String code, String parent, String name, boolean verified) {
        static CategoryView of(Category category) {
            return new CategoryView(
                    category.key(), category.code(), category.parent(), category.name(), category.verified());
        }
    }

    record GradeView(
            String scheme,
            String value,
            String state,
            String by,
            long at,
            String basis,
            String tableVersion,
            boolean verified) {
        static GradeView of(Grade grade) {
            return new GradeView(
                    grade.scheme(),
                    Json.word(grade.value()),
                    Json.word(grade.state()),
                    grade.by(),
                    grade.at(),
                    grade.basis(),
                    grade.tableVersion(),
                    grade.verified());
        }

        static List<GradeView> of(List<Grade> grades) {
            return grades.stream().map(GradeView::of).toList();
        }
    }

    record ImpactView(int assets, long persons, String dataClass, double hours, String outcome) {
        static ImpactView of(Incident.Impact impact) {
            return new ImpactView(
                    impact.assets(), impact.persons(), impact.dataClass(), impact.hours(), impact.outcome());
        }
    }

    /** The next clock, in a list. */
    record NextDeadline(
            String id, String name, String state, long startedAt, long dueAt, String clause, boolean verified) {}

    record DeadlineView(
            String id,
            String ruleId,
            String name,
            String scheme,
            String dutyHolder,
            String addressee,
            String clause,
            boolean verified,
            long startedAt,
            long dueAt,
            String state,
            long metAt,
            String metHow) {
        static DeadlineView of(Deadline deadline) {
            return new DeadlineView(
                    deadline.id(),
                    deadline.ruleId(),
                    deadline.name(),
                    deadline.scheme(),
                    deadline.dutyHolder(),
                    deadline.addressee(),
                    deadline.clause(),
                    deadline.verified(),
                    deadline.startedAt(),
                    deadline.dueAt(),
                    Json.word(deadline.state()),
                    deadline.metAt(),
                    deadline.metHow());
        }
    }

    record MessageCounts(long delivered, long owed, long dead) {
        static MessageCounts of(Map<Message.State, Long> counts) {
            return new MessageCounts(
                    counts.getOrDefault(Message.State.DELIVERED, 0L),
                    counts.getOrDefault(Message.State.OWED, 0L),
                    counts.getOrDefault(Message.State.DEAD, 0L));
        }
    }

    /** A message without its text, which is its own request and is sealed. */
    record MessageView(
            String id,
            String reason,
            String route,
            String notifier,
            String target,
            String state,
            int attempts,
            long nextAt,
            long createdAt,
            long deliveredAt,
            String answer,
            String bodySm3) {
        static MessageView of(Message message) {
            return new MessageView(
                    message.id(),
                    message.reason(),
                    message.route(),
                    message.notifier(),
                    target(message.target()),
                    Json.word(message.state()),
                    message.attempts(),
                    message.nextAt(),
                    message.createdAt(),
                    message.deliveredAt(),
                    message.answer(),
                    message.bodySm3());
        }

        /** Without query and user part: webhook addresses carry secrets there. */
        private static String target(String target) {
            return target.replaceFirst("\\?.*", "?…").replaceFirst("//[^/@]*@", "//");
        }
    }

    record NoteView(String by, long at, String action, String text) {
        static NoteView of(Case.Note note) {
            return new NoteView(note.by(), note.at(), note.action(), note.text());
        }
    }

    record SignalView(
            String id,
            String ruleId,
            String title,
            String level,
            String key,
            long first,
            long last,
            long count,
            List<String> eventIds,
            String status) {
        static SignalView of(Incident.SignalRef signal) {
            return new SignalView(
                    signal.id(),
                    signal.ruleId(),
                    signal.title(),
                    signal.level().word(),
                    signal.key(),
                    signal.first(),
                    signal.last(),
                    signal.count(),
                    signal.eventIds(),
                    Json.word(signal.status()));
        }
    }

    record ReasonView(String fact, String basis, String clause, String effect, boolean verified) {
        static ReasonView of(Incident.Reason reason) {
            return new ReasonView(reason.fact(), reason.basis(), reason.clause(), reason.effect(), reason.verified());
        }
    }

    /** The machine's opinion, whole. */
    record IncidentView(
            String id,
            String storyKey,
            int revision,
            String status,
            long opened,
            long updated,
            String title,
            String severity,
            CategoryView category,
            List<GradeView> grades,
            int confidence,
            Unit organization,
            List<AssetView> assets,
            List<String> actors,
            List<String> stages,
            List<SignalView> signals,
            ImpactView impact,
            List<ReasonView> explanation,
            Map<String, String> references,
            String playbook,
            String fingerprint) {
        static IncidentView of(Incident incident) {
            return new IncidentView(
                    incident.id(),
                    incident.storyKey(),
                    incident.revision(),
                    Json.word(incident.status()),
                    incident.opened(),
                    incident.updated(),
                    incident.title(),
                    incident.severity().word(),
                    CategoryView.of(incident.category()),
                    GradeView.of(incident.grades()),
                    incident.confidence(),
                    new Unit(incident.organization(), incident.organizationName()),
                    CaseView.assets(incident),
                    incident.actors(),
                    incident.stages(),
                    incident.signals().stream().map(SignalView::of).toList(),
                    ImpactView.of(incident.impact()),
                    incident.explanation().stream().map(ReasonView::of).toList(),
                    incident.references(),
                    incident.playbook(),
                    incident.fingerprint());
        }
    }

    static List<AssetView> assets(Incident incident) {
        return incident.assets().stream()
                .map(asset -> new AssetView(asset.id(), asset.name(), asset.protectionLevel()))
                .toList();
    }

    record StepView(String id, String name, String type, String state, long at, String detail) {}

    record PlaybookView(String id, String name, List<StepView> steps) {
        static PlaybookView of(Journal journal) {
            return new PlaybookView(
                    journal.plan().id(),
                    journal.plan().name(),
                    journal.steps().stream()
                            .map(line -> new StepView(
                                    line.step(), line.name(), line.type(), line.state(), line.at(), line.result()))
                            .toList());
        }
    }

    /** One line of the list. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Row(
            String id,
            String incidentId,
            int revision,
            String state,
            String title,
            String severity,
            CategoryView category,
            List<GradeView> grades,
            @Nullable GradeView grade,
            Unit organization,
            List<AssetView> assets,
            List<String> actors,
            int signals,
            long events,
            List<String> stages,
            long openedAt,
            long updatedAt,
            String assignee,
            String acknowledgedBy,
            boolean reopened,
            String incidentStatus,
            @Nullable NextDeadline deadline,
            MessageCounts messages,
            boolean sealed) {}

    /** What one whole case has beyond its line; its messages replace the line's counts. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record More(
            ImpactView impact,
            long learnedAt,
            int basedOnRevision,
            String confirmedCategory,
            List<NoteView> notes,
            IncidentView incident,
            List<GradeView> proposed,
            List<DeadlineView> deadlines,
            List<MessageView> messages,
            List<SealView> seals,
            List<String> next,
            @Nullable PlaybookView playbook,
            List<Duty> responsible) {}
}
