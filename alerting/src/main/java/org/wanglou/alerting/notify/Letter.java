package org.wanglou.alerting.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;
import org.wanglou.model.cases.Case;

/**
 * Writes what a message says: a CloudEvents 1.0 event in structured JSON whose data describe the incident as it is laid
 * over by what people confirmed. Lists are cut so that a body stays far below 256 KiB; the counts tell the whole. Immutable.
 *
 * @param source CloudEvents source of this instance, such as {@code /wanglou/370000}
 * @param console the console's address without trailing slash, for links
 */
public record Letter(String source, String console) {
    private static final int MOST = 50;
    private static final int MOST_EVIDENCE = 10;
    private static final String TYPE = "org.wanglou.incident.";

    /**
     * The body.
     *
     * @param reason as in the message: {@code opened}, {@code raised}, {@code raised.2}…; the type has the word alone
     * @param grades the effective grades
     */
    public String write(String messageId, String reason, Case about, List<Grade> grades, long at) {
        int dot = reason.indexOf('.');
        ObjectNode event = Jsons.mapper().createObjectNode();
        event.put("specversion", "1.0");
        event.put("id", messageId);
        event.put("source", source);
        event.put("type", TYPE + (dot < 0 ? reason : reason.substring(0, dot)));
        event.put("subject", about.incidentId());
        event.put("time", Instant.ofEpochMilli(at).toString());
        event.put("datacontenttype", "application/json");
        event.set("data", data(reason, about, grades));
        return Jsons.text(event);
    }

    private ObjectNode data(String reason, Case about, List<Grade> grades) {
        Incident incident = about.incident();
        ObjectNode data = Jsons.mapper().createObjectNode();
        data.put("incidentId", incident.id());
        data.put("caseId", about.id());
        data.put("revision", incident.revision());
        data.put("reason", reason);
        data.put("status", incident.status().name().toLowerCase(Locale.ROOT));
        data.put("title", incident.title());
        data.put("severity", incident.severity().word());
        data.put("confidence", incident.confidence());
        data.put("opened", Instant.ofEpochMilli(incident.opened()).toString());
        data.put("updated", Instant.ofEpochMilli(incident.updated()).toString());
        data.set("category", Jsons.mapper().valueToTree(incident.category()));
        data.put("confirmedCategory", about.confirmedCategory());
        ArrayNode graded = data.putArray("grades");
        grades.forEach(grade -> graded.addObject()
                .put("scheme", grade.scheme())
                .put("value", grade.value().name())
                .put("valueZh", grade.value().chinese())
                .put("state", grade.state().name())
                .put("by", grade.by())
                .put("basis", grade.basis())
                .put("verified", grade.verified()));
        data.putObject("organization").put("id", incident.organization()).put("name", incident.organizationName());
        data.set("assets", Jsons.mapper().valueToTree(first(incident.assets())));
        data.set("actors", Jsons.mapper().valueToTree(first(incident.actors())));
        data.set("stages", Jsons.mapper().valueToTree(first(incident.stages())));
        signals(data, incident);
        data.set("impact", Jsons.mapper().valueToTree(about.impact()));
        data.set("explanation", Jsons.mapper().valueToTree(first(incident.explanation())));
        data.putObject("links")
                .put("console", console.isEmpty() ? "" : console + "/incidents/" + about.id())
                .put("proof", console.isEmpty() ? "" : console + "/ledger?type=incident&id=" + incident.id());
        return data;
    }

    private static void signals(ObjectNode data, Incident incident) {
        ArrayNode signals = data.putArray("signals");
        for (Incident.SignalRef signal : first(incident.signals())) {
            ObjectNode node = signals.addObject()
                    .put("id", signal.id())
                    .put("ruleId", signal.ruleId())
                    .put("title", signal.title())
                    .put("level", signal.level().word())
                    .put("key", signal.key())
                    .put("first", Instant.ofEpochMilli(signal.first()).toString())
                    .put("last", Instant.ofEpochMilli(signal.last()).toString())
                    .put("count", signal.count());
            ArrayNode evidence = node.putArray("evidence");
            signal.eventIds().stream().limit(MOST_EVIDENCE).forEach(evidence::add);
        }
        data.putObject("counts")
                .put("signals", incident.signals().size())
                .put(
                        "events",
                        incident.signals().stream()
                                .mapToLong(Incident.SignalRef::count)
                                .sum())
                .put("assets", incident.assets().size())
                .put("actors", incident.actors().size());
    }

    private static <T> List<T> first(List<T> all) {
        return all.size() <= MOST ? all : all.subList(0, MOST);
    }
}
