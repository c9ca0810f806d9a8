package org.wanglou.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One command run in this JVM: its exit code and what it said. Immutable. */
public record Run(int exit, String out, String err) {
    public static Run of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exit = line.execute(arguments);
        return new Run(exit, out.toString(), err.toString());
    }
}
