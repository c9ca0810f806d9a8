package org.wanglou.sensors.format.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConformanceTest {
    @Test
    void every_set_agrees_at_least_as_well_as_its_floor() throws IOException {
        Path data = Inputs.data();
        if (data == null) {
            System.out.println("conformance: skipped, there are no data beside the project (../shared/data)");
            return;
        }
        Tally tally = Conformance.run(data);
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/conformance.md"), tally.markdown() + "\n" + tally.details());
        System.out.println(tally.markdown());
        TreeMap<String, Double> floors = floors();
        for (Tally.Row row : tally.rows()) {
            assertThat(100 * row.agreement())
                    .as("%s: see sensors/target/conformance.md", row.set)
                    .isGreaterThanOrEqualTo(floors.getOrDefault(row.set, 0.0));
        }
        assertThat(tally.rows()).extracting(row -> row.set).containsAll(floors.keySet());
    }

    private static TreeMap<String, Double> floors() throws IOException {
        TreeMap<String, Double> floors = new TreeMap<>();
        try (InputStream in = ConformanceTest.class.getResourceAsStream("/conformance/floors.tsv")) {
            assertThat(in).isNotNull();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] cells = line.split("\t", 2);
                    floors.put(cells[0], Double.parseDouble(cells[1]));
                }
            }
        }
        return floors;
    }
}
