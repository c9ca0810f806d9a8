package org.wanglou.rules.indicators.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.wanglou.rules.indicators.Indicator;
import org.wanglou.rules.indicators.Origin;
import org.wanglou.rules.text.CsvReader;

/**
 * Text, one indicator a line: CSV with a heading that names {@code type} and {@code value}, plain values, hosts files,
 * ad-block lists, and mixtures of the last three. Confined to its thread.
 */
final class ListReader {
    private static final int LINE_MAX = 16 << 10;

    private final Intake intake;

    ListReader(Intake intake) {
        this.intake = intake;
    }

    void read(Input input) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                input.open(),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)))) {
            CsvRows rows = null;
            int number = 0;
            String line;
            while ((line = next(lines)) != null) {
                number++;
                String content = number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line;
                if (content.length() > LINE_MAX) {
                    intake.problem(number, "a line of more than " + LINE_MAX + " characters", "one indicator a line");
                } else if (content.isBlank() || content.startsWith("#")) {
                    continue;
                } else if (rows != null) {
                    rows.row(number, content);
                } else if (heading(content)) {
                    rows = new CsvRows(intake, CsvReader.cells(content.toLowerCase(Locale.ROOT)));
                } else {
                    plain(number, content.strip());
                }
            }
        }
    }

    /** A line, of which no more is kept than is of use. */
    private static @Nullable String next(BufferedReader lines) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = lines.read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n') {
            if (c != '\r' && line.length() <= LINE_MAX) {
                line.append((char) c);
            }
            c = lines.read();
        }
        return line.toString();
    }

    private static boolean heading(String line) {
        List<String> cells = CsvReader.cells(line.toLowerCase(Locale.ROOT));
        return cells.contains("type") && cells.contains("value");
    }

    private void plain(int number, String line) {
        PlainLine read = PlainLine.of(line);
        if (!read.reason().isEmpty()) {
            intake.skip(read.reason());
            return;
        }
        for (PlainLine.Value value : read.values()) {
            Origin origin = new Origin(intake.source(""), "");
            Indicator about = Indicator.of(value.type(), value.text(), read.comment(), origin)
                    .trusted(intake.options().confidence(), 0)
                    .on(Indicator.Side.ANY, value.port());
            intake.value(number, "", about);
        }
    }
}
