package org.wanglou.app.filter;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.app.cli.LineSource;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.format.Formats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wanglou normalize}: raw lines in, ECS events out. */
@Command(
        name = "normalize",
        description = {
            "Reads raw log lines and writes ECS events (NDJSON). What cannot be read is kept as event.dataset: unparsed.",
            "Lines of one event (stack traces, audit groups, statements) are joined as a file source joins them.",
            "Personal identifiers are not replaced here: that needs an instance's key."
        },
        mixinStandardHelpOptions = true)
public final class NormalizeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "One of 'wanglou formats', or auto to recognise each line (default: ${DEFAULT-VALUE}).")
    private String format = "auto";

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "Asia/Shanghai",
            description = "Zone of times that name none (default: ${DEFAULT-VALUE}).")
    private String zone = "Asia/Shanghai";

    @Option(
            names = "--received",
            paramLabel = "INSTANT",
            description = "What stands for receipt where a format needs it, as for a time without year"
                    + " (default: now; give it for output that is the same each time).")
    private String received = "";

    @Parameters(paramLabel = "FILE", description = "Files to read (default: standard input).")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() {
        Normalizer normalizer = normalizer();
        PrintWriter out = spec.commandLine().getOut();
        try (LineSource lines = new LineSource(files, out::flush)) {
            Joined joined = new Joined(format(), (bytes, count, cut) -> normalizer
                    .read(bytes, count, cut)
                    .forEach(event -> out.print(new String(EventCodec.encode(event), StandardCharsets.UTF_8) + '\n')));
            joined.read(lines, () -> !out.checkError());
        }
        out.flush();
        return ExitCode.OK;
    }

    private Normalizer normalizer() {
        try {
            long at = received.isEmpty()
                    ? System.currentTimeMillis()
                    : Instant.parse(received).toEpochMilli();
            return new Normalizer(List.of(format()), ZoneId.of(zone), at);
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(), "--zone is such as Asia/Shanghai, --received such as 2026-11-24T02:00:00Z");
        }
    }

    private Format format() {
        if (format.equals("auto")) {
            return Formats.auto();
        }
        return Formats.named(format)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "no format is named " + format + ": the names are "
                                + String.join(
                                        ", ",
                                        Formats.all().stream().map(Format::name).toList())));
    }
}
