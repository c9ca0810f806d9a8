package org.wanglou.app.filter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.Events;
import org.wanglou.app.cli.InputOption;
import org.wanglou.app.cli.Output;
import org.wanglou.app.cli.RegistryOption;
import org.wanglou.bus.codec.IncidentCodec;
import org.wanglou.correlator.Replay;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.correlator.stories.StoryLimits;
import org.wanglou.correlator.windows.Limits;
import org.wanglou.model.Incident;
import org.wanglou.model.Meters;
import org.wanglou.rules.Pack;
import org.wanglou.rules.grading.Tables;
import org.wanglou.rules.sigma.RuleSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wanglou replay}: events in, settled incidents out. */
@Command(
        name = "replay",
        description =
                "Reads ECS events (NDJSON) and writes the settled incidents (NDJSON), by the same code as a running system, "
                        + "on event time.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Mixin
    private InputOption input = new InputOption();

    @Override
    public Integer call() {
        List<Pack> packs = rules.packs();
        RuleSet compiled = RuleSet.compile(packs);
        RuleOptions.tell(compiled.problems(), output);
        Replay replay = new Replay(
                Detectors.of(compiled, DetectCommand.indicators(packs)),
                registry.snapshots(),
                Limits.DEFAULT,
                new Meters());
        Events events = input.events();
        for (Incident incident : replay.incidents(events, Knowledge.of(packs, Tables.builtIn()), StoryLimits.DEFAULT)) {
            output.out().print(new String(IncidentCodec.encode(incident), StandardCharsets.UTF_8));
            output.out().print('\n');
        }
        output.out().flush();
        return events.exitCode();
    }
}
