package org.wanglou.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Runs the filter commands once over nothing of importance, so that the build can record which classes they load
 * (class-data sharing). Not for people.
 */
@Command(name = "train", hidden = true, description = "Used by the build.")
final class TrainCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        Path raw = Files.createTempFile("wanglou", ".log");
        Path events = Files.createTempFile("wanglou", ".ndjson");
        try {
            Files.writeString(
                    raw,
                    "<38>Nov 24 02:02:06 web01 sshd[1]: Failed password for a from 192.0.2.1 port 42521 ssh2\n"
                            + "192.0.2.1 - - [24/Nov/2026:02:02:11 +0000] \"GET / HTTP/1.1\" 200 11 \"-\" \"a\"\n");
            run(new PrintWriter(Files.newBufferedWriter(events)), "normalize", raw.toString());
            for (String[] arguments : new String[][] {
                {"formats"},
                {"formats", "--format", "json"},
                {"help"},
                {"config", "example"},
                {"detect", "--correlate", "--in", events.toString()},
                {"rules", "check", "--help"},
                {"verify", "--help"},
                {"verify", raw.toString()}
            }) {
                run(new PrintWriter(Writer.nullWriter()), arguments);
            }
            return ExitCode.OK;
        } finally {
            Files.delete(raw);
            Files.delete(events);
        }
    }

    private static void run(PrintWriter out, String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(out).setErr(new PrintWriter(Writer.nullWriter()));
        line.execute(arguments);
        out.close();
    }
}
