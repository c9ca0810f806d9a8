package org.wanglou.app.filter;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wanglou flows}: flow export datagrams of captures in, ECS events out. */
@Command(
        name = "flows",
        description = "Decodes flow exports.",
        mixinStandardHelpOptions = true,
        subcommands = {FlowsCommand.Decode.class, CommandLine.HelpCommand.class})
public final class FlowsCommand implements Runnable {
    private static final long LARGEST_DATAGRAM = 65_535;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say decode");
    }

    /** Decodes files. */
    @Command(
            name = "decode",
            description = {
                "Reads captures (pcap, pcapng) or files of one datagram each, and writes flow events (NDJSON).",
                "Exit code 1 when some datagram was no flow export; those go to the error stream as a count."
            },
            mixinStandardHelpOptions = true)
    static final class Decode implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(arity = "1..*", paramLabel = "FILE", description = "Captures, or files of one datagram each.")
        private List<Path> files = new ArrayList<>();

        private long unread;

        @Override
        public Integer call() throws IOException {
            Normalizer normalizer =
                    new Normalizer(FlowFormats.all(), ZoneId.of("Asia/Shanghai"), System.currentTimeMillis());
            PrintWriter out = spec.commandLine().getOut();
            PrintWriter err = spec.commandLine().getErr();
            for (Path file : files) {
                Optional<Long> skipped = Pcap.read(
                        file, (payload, source, millis) -> write(normalizer.read(payload, source, millis, false), out));
                if (skipped.isEmpty()) {
                    single(file, normalizer, out);
                } else if (skipped.get() > 0) {
                    err.println(file + ": " + skipped.get() + " packets are no whole UDP datagrams and were skipped");
                }
            }
            out.flush();
            if (unread > 0) {
                err.println(unread + " datagrams are no flow export that can be read");
            }
            return unread == 0 ? ExitCode.OK : ExitCode.FAILED;
        }

        private void single(Path file, Normalizer normalizer, PrintWriter out) throws IOException {
            if (Files.size(file) > LARGEST_DATAGRAM) {
                throw new ParameterException(
                        spec.commandLine(), file + " is neither a capture nor one datagram: it is larger than 64 KiB");
            }
            write(normalizer.read(Files.readAllBytes(file), "", System.currentTimeMillis(), false), out);
        }

        private void write(List<Event> events, PrintWriter out) {
            for (Event event : events) {
                if (event.text(Ecs.EVENT_DATASET).orElse("").equals("unparsed")) {
                    unread++;
                } else {
                    out.print(new String(EventCodec.encode(event), StandardCharsets.UTF_8));
                    out.print('\n');
                }
            }
        }
    }
}
