package org.wanglou.app.knowledge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.app.cli.Output;
import org.wanglou.app.config.BadConfiguration;
import org.wanglou.app.config.ConfigReader;
import org.wanglou.app.config.Configuration;
import org.wanglou.app.intel.Feed;
import org.wanglou.app.intel.IntelWatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Pulls configured feeds by hand; a running system loads what came. */
@Command(
        name = "pull",
        description =
                "Pulls the feeds of a configuration once (TAXII 2.1, MISP) into the data directory. A running system"
                        + " loads what came by itself. Exit code 3: a feed failed.",
        mixinStandardHelpOptions = true)
final class IntelPullCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Configuration file.")
    private Path config = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data directory (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Parameters(arity = "0..*", paramLabel = "FEED", description = "Names of feeds (default: all).")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        Configuration configuration;
        try {
            configuration = ConfigReader.read(config, System.getenv());
        } catch (BadConfiguration e) {
            throw output.usage(String.valueOf(e.getMessage()));
        }
        List<Feed> feeds = configuration.intel().feeds();
        for (String name : names) {
            if (feeds.stream().noneMatch(feed -> feed.name().equals(name))) {
                throw output.usage("no feed is named " + name);
            }
        }
        boolean failed = false;
        for (Feed feed : feeds) {
            if (!names.isEmpty() && !names.contains(feed.name())) {
                continue;
            }
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("feed", feed.name());
            String text;
            try {
                int came = IntelWatch.pull(
                        feed, data.resolve("intel").resolve("feeds").resolve(feed.name()));
                record.put("changed", came);
                text = feed.name() + ": " + came + " changed";
            } catch (IOException e) {
                failed = true;
                record.put("problem", String.valueOf(e.getMessage()));
                text = feed.name() + ": " + e.getMessage();
            }
            output.answer(record, text);
        }
        if (feeds.isEmpty()) {
            output.err().println("no feed is configured (intel.feeds): nothing is fetched");
        }
        return failed ? ExitCode.ENVIRONMENT : ExitCode.OK;
    }
}
