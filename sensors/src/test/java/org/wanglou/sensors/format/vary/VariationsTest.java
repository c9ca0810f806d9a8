package org.wanglou.sensors.format.vary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VariationsTest {
    private static final long SEED = 20261125;

    @Test
    void a_sample_written_in_another_way_gives_the_same_fields_by_its_format_and_by_auto() throws IOException {
        List<String> misses = new ArrayList<>();
        int tried = 0;
        Map<String, Integer> applied = new TreeMap<>();
        for (Fields.Sample sample : Fields.samples()) {
            for (String format : new TreeSet<>(List.of(sample.format(), "auto"))) {
                Map<String, String> expected = Fields.of(format, sample.text());
                for (Variation variation : Variations.all()) {
                    String other = variation.of().apply(sample.format(), sample.text(), new Random(SEED));
                    if (other == null) {
                        continue;
                    }
                    tried++;
                    applied.merge(variation.name(), 1, Integer::sum);
                    String difference = difference(variation, expected, Fields.of(format, other));
                    if (!difference.isEmpty()) {
                        misses.add(sample.format() + " by " + format + ", " + variation.name() + ": " + difference
                                + "\n    "
                                + other.replace("\n", "\\n").substring(0, Math.min(400, other.length() - 1)));
                    }
                }
            }
        }
        assertThat(String.join("\n", misses)).as("seed %d", SEED).isEmpty();
        assertThat(applied.keySet()).hasSameSizeAs(Variations.all());
        assertThat(tried).isGreaterThan(1000);
    }

    @Test
    void a_time_without_a_year_is_the_one_nearest_to_receipt() {
        String line = " web01 sshd[1]: Failed password for root from 203.0.113.7 port 5 ssh2";
        assertThat(time("<38>Dec 31 23:59:58" + line, "2027-01-01T00:00:02+08:00"))
                .isEqualTo("2026-12-31T15:59:58Z");
        assertThat(time("<38>Jan  1 00:00:01" + line, "2026-12-31T23:59:59+08:00"))
                .isEqualTo("2026-12-31T16:00:01Z");
        assertThat(time("<38>Feb 29 12:00:00" + line, "2028-03-01T00:00:00+08:00"))
                .isEqualTo("2028-02-29T04:00:00Z");
        assertThat(time("<38>2月 29 12:00:00" + line, "2028-03-01T00:00:00+08:00"))
                .isEqualTo("2028-02-29T04:00:00Z");
        assertThat(time("<38>十二月 31 23:59:58" + line, "2027-01-01T00:00:02+08:00"))
                .isEqualTo("2026-12-31T15:59:58Z");
    }

    private static @Nullable String time(String line, String received) {
        long millis = java.time.OffsetDateTime.parse(received).toInstant().toEpochMilli();
        return Fields.of("auto", line.getBytes(java.nio.charset.StandardCharsets.UTF_8), millis)
                .get("@timestamp");
    }

    /** Formats whose lines cannot be told from another's, by the other's name; of groups of lines auto sees one line. */
    private static final Map<String, String> ALIKE = Map.of(
            "apache-access", "nginx-access",
            "tomcat-access", "nginx-access",
            "traefik-access", "nginx-access",
            "nginx-ingress", "nginx-access",
            "evtx", "windows-event-xml",
            "haproxy", "syslog",
            "openvpn", "syslog");

    @Test
    void auto_names_the_format_of_every_sample() throws IOException {
        TreeSet<String> misses = new TreeSet<>();
        for (Fields.Sample sample : Fields.samples()) {
            if (sample.format().equals("auto")
                    || sample.text().startsWith("# Time")
                    || Fields.of(sample.format(), sample.text()).isEmpty()) {
                continue;
            }
            Map<String, String> event = Fields.of("auto", sample.text());
            String own = ALIKE.getOrDefault(sample.format(), sample.format());
            String told = event.getOrDefault("wanglou.format", "none");
            if (!told.equals(own)) {
                misses.add(own + " as " + told + " " + event.getOrDefault("malformed", "") + ": "
                        + sample.text().substring(0, Math.min(120, sample.text().length())));
            }
        }
        assertThat(String.join("\n", misses)).isEmpty();
    }

    private static String difference(Variation variation, Map<String, String> expected, Map<String, String> got) {
        StringBuilder difference = new StringBuilder();
        TreeSet<String> names = new TreeSet<>(expected.keySet());
        names.addAll(got.keySet());
        names.removeIf(name -> variation.mayDiffer(name) || name.startsWith("wanglou.format_basis"));
        for (String name : names) {
            String before = expected.get(name);
            String after = got.get(name);
            boolean added = before == null && after != null && after.length() > 3000;
            if (!added && !java.util.Objects.equals(packed(before), packed(after))) {
                difference
                        .append(name)
                        .append(": ")
                        .append(before)
                        .append(" → ")
                        .append(after)
                        .append("; ");
            }
        }
        return difference.toString();
    }

    /** Lists of objects are kept as they were written. */
    private static @Nullable String packed(@Nullable String value) {
        return value != null && (value.startsWith("{") || value.startsWith("["))
                ? value.replaceAll("\\\\n|\\s", "")
                : value;
    }
}
