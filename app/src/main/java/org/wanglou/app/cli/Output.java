package org.wanglou.app.cli;

import java.io.PrintWriter;
import org.wanglou.bus.codec.Jsons;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --format} and where a command writes to. Confined to the command's thread. */
public final class Output {
    /** For people or for programs. */
    public enum Form {
        text,
        json
    }

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec command;

    @Option(
            names = "--format",
            paramLabel = "FORM",
            description = "Form of the answer: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Form form = Form.text;

    public boolean json() {
        return form == Form.json;
    }

    public PrintWriter out() {
        return command.commandLine().getOut();
    }

    public PrintWriter err() {
        return command.commandLine().getErr();
    }

    /** One answer: the text, or the record as one line of JSON. */
    public void answer(Object record, String text) {
        out().print(json() ? Jsons.text(record) + "\n" : text.endsWith("\n") ? text : text + "\n");
        out().flush();
    }

    /** What to throw when the arguments are wrong. */
    public ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
