package org.wanglou.app.filter;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.app.cli.LineSource;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.model.Event;
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
            "Reads raw log lines, or Windows event log files (EVTX), and writes ECS events (NDJSON). What cannot be read is kept as event.dataset: unparsed.",
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
        Format read = format();
        Normalizer normalizer = normalizer(read);
        PrintWriter out = spec.commandLine().getOut();
        try (Inputs inputs = new Inputs(files, containers(read), !format.equals("auto"))) {
            for (Optional<Inputs.Input> input = inputs.next(); input.isPresent(); input = inputs.next()) {
                Inputs.Input one = input.get();
                Optional<Format> container = one.container();
                if (container.isPresent()) {
                    new ContainerInput(
                                    one.name(),
                                    container.get(),
                                    normalizer,
                                    spec.commandLine().getErr())
                            .read(one.in(), event -> write(event, out));
                } else {
                    lines(one, read, normalizer, out);
                }
            }
        }
        out.flush();
        return ExitCode.OK;
    }

    private static void lines(Inputs.Input input, Format read, Normalizer normalizer, PrintWriter out) {
        LineSource lines = new LineSource(input.name(), input.in(), out::flush);
        new Joined(read, (bytes, count, cut) -> normalizer
                        .read(bytes, count, cut)
                        .forEach(event -> write(event, out)))
                .read(lines, () -> !out.checkError());
    }

    /** False when nobody reads the answer any more. */
    private static boolean write(Event event, PrintWriter out) {
        out.print(new String(EventCodec.encode(event), StandardCharsets.UTF_8));
        out.print('\n');
        return !out.checkError();
    }

    /** Recognising, all formats of files that are no lines are looked for; else the one that was named. */
    private List<Format> containers(Format read) {
        return (format.equals("auto") ? Formats.all() : List.of(read))
                .stream().filter(one -> one.container().isPresent()).toList();
    }

    private Normalizer normalizer(Format read) {
        try {
            long at = received.isEmpty()
                    ? System.currentTimeMillis()
                    : Instant.parse(received).toEpochMilli();
            return new Normalizer(List.of(read), ZoneId.of(zone), at);
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
