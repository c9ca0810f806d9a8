package org.wanglou.app.operate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wanglou.app.DataDirectory;
import org.wanglou.app.cli.DataOption;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.app.cli.Output;
import org.wanglou.store.ledger.LedgerReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wanglou status}: whether an instance runs on a data directory, or answers at an address. */
@Command(
        name = "status",
        description =
                "Says whether an instance runs on the data directory, since when, how much disk is left and how long the ledger "
                        + "is; with --url asks a console instead. Exit code 0: running or healthy; 1: not.",
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--url", paramLabel = "URL", description = "Address of a console, such as https://127.0.0.1:8443")
    private String url = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        return url.isEmpty() ? directory(data.existing()) : console();
    }

    private int directory(Path root) throws IOException {
        boolean running = isRunning(root);
        Path marker = root.resolve("running");
        String began = Files.exists(marker) ? Files.readString(marker).strip() : "";
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("data", root.toAbsolutePath().normalize().toString());
        record.put("running", running);
        record.put("since", running ? began : "");
        record.put("uncleanStop", !running && !began.isEmpty());
        record.put("usableBytes", Files.getFileStore(root).getUsableSpace());
        StringBuilder text = new StringBuilder(root + ": " + (running ? "running since " + began : "not running"));
        if (!running && !began.isEmpty()) {
            text.append("; the run begun ").append(began).append(" did not stop in order");
        }
        text.append("\nusable disk ")
                .append(Files.getFileStore(root).getUsableSpace() >> 20)
                .append(" MiB");
        if (Files.exists(root.resolve("ledger").resolve("checkpoint"))) {
            LedgerReader ledger = LedgerReader.read(root.resolve("ledger"));
            record.put("ledgerSize", ledger.head().size());
            text.append("\nledger ")
                    .append(ledger.head().origin())
                    .append(", ")
                    .append(ledger.head().size());
            text.append(" leaves under the signed head");
        }
        output.answer(record, text.toString());
        return running ? ExitCode.OK : ExitCode.FAILED;
    }

    private static boolean isRunning(Path root) {
        Optional<DataDirectory> held = DataDirectory.tryOpen(root);
        held.ifPresent(DataDirectory::close);
        return held.isEmpty();
    }

    private int console() throws IOException, InterruptedException {
        URI uri;
        try {
            uri = URI.create(url.replaceAll("/+$", "") + "/healthz");
        } catch (IllegalArgumentException e) {
            throw output.usage("--url " + url + " is no address");
        }
        HttpResponse<String> answer = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .build()
                .send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        boolean well = answer.statusCode() == 200;
        output.answer(
                Map.of("url", url, "healthy", well, "status", answer.statusCode()),
                url + (well ? ": healthy" : ": not healthy, status " + answer.statusCode()));
        return well ? ExitCode.OK : ExitCode.FAILED;
    }
}
