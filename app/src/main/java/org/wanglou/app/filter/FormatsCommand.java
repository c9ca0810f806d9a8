package org.wanglou.app.filter;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.app.cli.Output;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.format.Formats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wanglou formats}: the names that sources and {@code normalize} take. */
@Command(
        name = "formats",
        description = "Lists the names of the formats that sources and 'normalize' take.",
        mixinStandardHelpOptions = true)
public final class FormatsCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        List<String> names = Formats.all().stream().map(Format::name).sorted().toList();
        output.answer(
                names.stream()
                        .map(name -> Map.of("name", name, "input", isFlow(name) ? "datagrams" : "lines"))
                        .toList(),
                String.join("\n", names));
        return ExitCode.OK;
    }

    private static boolean isFlow(String name) {
        return FlowFormats.all().stream().anyMatch(format -> format.name().equals(name));
    }
}
