package org.wanglou.bench.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class BuiltInPacksTest {
    private static final Map<String, Long> UNITS = Map.of("s", 1_000L, "m", 60_000L, "h", 3_600_000L);

    @Test
    void thresholds_spans_and_groups_are_those_of_the_packs() throws Exception {
        int compared = 0;
        for (String pack : List.of("ssh-brute-force", "portal-webshell", "bulk-download")) {
            String yaml = new String(
                    getClass()
                            .getResourceAsStream("/packs/" + pack + "/correlate.yml")
                            .readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
            for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
                Map<?, ?> rule = (Map<?, ?>) document;
                Map<?, ?> correlation = (Map<?, ?>) rule.get("correlation");
                CountingRule ours = BuiltInPacks.countingRules().stream()
                        .filter(one -> one.id().equals(rule.get("id")))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("the oracle does not know " + rule.get("id")));
                String span = String.valueOf(correlation.get("timespan"));
                long threshold = ((Number) ((Map<?, ?>) correlation.get("condition")).get("gte")).longValue();
                assertThat(correlation.get("type")).isEqualTo("event_count");
                assertThat(ours.groupBy()).isEqualTo(correlation.get("group-by"));
                assertThat(ours.spanMillis())
                        .isEqualTo(Long.parseLong(span.substring(0, span.length() - 1))
                                * UNITS.get(span.substring(span.length() - 1)));
                assertThat(ours.condition().test(threshold)).isTrue();
                assertThat(ours.condition().test(threshold - 1)).isFalse();
                compared++;
            }
        }
        assertThat(compared).isEqualTo(BuiltInPacks.countingRules().size());
    }
}
