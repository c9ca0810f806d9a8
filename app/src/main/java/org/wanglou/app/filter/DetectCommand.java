package org.wanglou.app.filter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.Events;
import org.wanglou.app.cli.InputOption;
import org.wanglou.app.cli.Output;
import org.wanglou.app.cli.RegistryOption;
import org.wanglou.bus.codec.SignalCodec;
import org.wanglou.correlator.Replay;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.correlator.windows.Limits;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.rules.Pack;
import org.wanglou.rules.indicators.IndicatorRule;
import org.wanglou.rules.sigma.RuleSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wanglou detect}: events in, signals out. */
@Command(
        name = "detect",
        description = {
            "Reads ECS events (NDJSON) and writes the signals of Sigma rules and indicators (NDJSON).",
            "A rule that cannot be used is told on the error stream, and the rest is used."
        },
        mixinStandardHelpOptions = true)
public final class DetectCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Mixin
    private InputOption input = new InputOption();

    @Option(
            names = "--correlate",
            description = "Also the signals of correlation rules, on event time, settled, one for each episode.")
    private boolean correlate;

    @Override
    public Integer call() {
        List<Pack> packs = rules.packs();
        RuleSet compiled = RuleSet.compile(packs);
        RuleOptions.tell(compiled.problems(), output);
        Replay replay = new Replay(
                Detectors.of(compiled, indicators(packs)), registry.snapshots(), Limits.DEFAULT, new Meters());
        Events events = input.events();
        if (correlate) {
            replay.correlate(events, this::write).forEach(this::write);
        } else {
            replay.detect(events, this::write);
        }
        output.out().flush();
        return events.exitCode();
    }

    private void write(Signal signal) {
        output.out().print(new String(SignalCodec.encode(signal), StandardCharsets.UTF_8));
        output.out().print('\n');
    }

    static List<IndicatorRule> indicators(List<Pack> packs) {
        List<IndicatorRule> indicators = new ArrayList<>();
        packs.forEach(pack -> pack.indicators().ifPresent(indicators::add));
        return indicators;
    }
}
