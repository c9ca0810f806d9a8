package org.wanglou.correlator.windows;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Entities;
import org.wanglou.model.Level;
import org.wanglou.model.Signal;
import org.wanglou.rules.sigma.CorrelationRule;
import org.wanglou.rules.sigma.CorrelationRule.Bound;
import org.wanglou.rules.sigma.CorrelationRule.Type;
import org.wanglou.rules.sigma.Op;

/** Signals and correlation rules made up for tests. */
public final class Samples {
    private Samples() {}

    /** A correlation over rule {@code failed} by {@code source.ip}. */
    public static CorrelationRule counting(String id, Op op, long count, Duration span) {
        return rule(id, List.of(new Bound(op, count)), span, List.of());
    }

    /** A correlation over the distinct values of fields. */
    public static CorrelationRule distinct(String id, Op op, long count, Duration span, String... fields) {
        return rule(id, List.of(new Bound(op, count)), span, List.of(fields));
    }

    /** All of some rules by {@code source.ip}, in their order or in any. */
    public static CorrelationRule temporal(String id, boolean ordered, Duration span, String... rules) {
        return temporal(id, ordered, rules.length, span, rules);
    }

    static CorrelationRule temporal(String id, boolean ordered, int howMany, Duration span, String... rules) {
        List<String> ids = ordered ? List.of(rules) : Stream.of(rules).sorted().toList();
        return new CorrelationRule(
                id,
                id,
                "title of " + id,
                "v1",
                Level.HIGH,
                List.of(),
                ordered ? Type.TEMPORAL_ORDERED : Type.TEMPORAL,
                ids,
                List.of("source.ip"),
                Map.of(),
                span,
                List.of(new Bound(Op.GTE, howMany)),
                List.of(CorrelationRule.RULE_ITSELF),
                false,
                1,
                "test",
                "test.yml",
                1);
    }

    static CorrelationRule rule(String id, List<Bound> bounds, Duration span, List<String> fields) {
        return new CorrelationRule(
                id,
                id,
                "title of " + id,
                "v1",
                Level.HIGH,
                List.of("attack.t1110.001"),
                fields.isEmpty() ? Type.EVENT_COUNT : Type.VALUE_COUNT,
                List.of("failed"),
                List.of("source.ip"),
                Map.of(),
                span,
                bounds,
                fields,
                false,
                1,
                "test",
                "test.yml",
                1);
    }

    /** A base signal of rule {@code failed}. */
    public static Signal failed(String event, long time, String source, String user) {
        return of("failed", event, time, source, user);
    }

    /** A base signal. */
    public static Signal of(String rule, String event, long time, String source, String user) {
        String eventId = Sm3.id("event", event);
        Map<String, String> fields = new HashMap<>();
        fields.put("source.ip", source);
        if (!user.isEmpty()) {
            fields.put("user.name", user);
        }
        return new Signal(
                Sm3.id(rule, eventId),
                rule,
                "v1",
                "failed log-in",
                Signal.Kind.RULE,
                time,
                Level.LOW,
                List.of(),
                new Entities(source, "192.0.2.10", user, "asset-1", "school-1"),
                fields,
                new Signal.Evidence(List.of(eventId), time, time, 1, false),
                1,
                Signal.Status.SETTLED,
                new Signal.Episode(time, time),
                0,
                "");
    }
}
