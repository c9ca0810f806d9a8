package org.wanglou.app.knowledge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.Events;
import org.wanglou.app.cli.InputOption;
import org.wanglou.app.cli.Output;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.model.Event;
import org.wanglou.rules.indicators.Hit;
import org.wanglou.rules.indicators.Indicator;
import org.wanglou.rules.indicators.IndicatorSet;
import org.wanglou.rules.indicators.IndicatorSet.Part;
import org.wanglou.rules.indicators.read.Input;
import org.wanglou.rules.indicators.read.Intake;
import org.wanglou.rules.indicators.read.IntakeOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Events that hold an indicator. */
@Command(
        name = "match",
        description = "Reads events (NDJSON) and writes for each indicator met in one: event id, field, value and"
                + " indicator (NDJSON).",
        mixinStandardHelpOptions = true)
final class IntelMatchCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private IntelOptions options = new IntelOptions();

    @Mixin
    private InputOption input = new InputOption();

    @Option(
            names = "--intel",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Lists and feeds, or folders of them.")
    private List<Path> named = new ArrayList<>();

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "The same.")
    private List<Path> more = new ArrayList<>();

    @Override
    public Integer call() {
        List<Path> lists = new ArrayList<>(named);
        lists.addAll(more);
        if (lists.isEmpty()) {
            throw output.usage("name a list: --intel FILE");
        }
        IntakeOptions intake = options.intake(problem -> output.err().println(problem));
        List<Part> parts = new ArrayList<>();
        for (Path file : IntelOptions.files(lists)) {
            Intake taken = Intake.read(Input.of(file), intake);
            parts.add(taken.part());
            taken.report().problems().forEach(problem -> output.err().println(problem));
        }
        IndicatorSet set = IndicatorSet.of(parts, intake.warnings());
        Events events = input.events();
        while (events.hasNext()) {
            Event event = events.next();
            for (Hit hit : set.match(event)) {
                output.out().print(Jsons.text(record(event, hit)) + "\n");
            }
        }
        output.out().flush();
        set.tally().silenced().forEach((list, count) -> output.err()
                .println(count + " hits on warning list " + list + ": no alarm"));
        return events.exitCode();
    }

    private static Map<String, Object> record(Event event, Hit hit) {
        Indicator one = hit.indicator();
        Map<String, Object> indicator = new LinkedHashMap<>();
        indicator.put("type", one.type().word());
        indicator.put("value", one.value());
        indicator.put("description", one.description());
        indicator.put("source", one.source());
        indicator.put("marking", one.origin().marking());
        indicator.put("confidence", one.confidence());
        if (one.from() != Long.MIN_VALUE) {
            indicator.put("from", one.from());
        }
        if (one.to() != Long.MAX_VALUE) {
            indicator.put("to", one.to());
        }
        indicator.put("port", one.port());
        indicator.put("sightings", one.sightings());
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("event", event.id());
        record.put("time", event.timeMillis());
        record.put("field", hit.field());
        record.put("value", hit.value());
        record.put("inbound", hit.inbound());
        record.put("indicator", indicator);
        return record;
    }
}
