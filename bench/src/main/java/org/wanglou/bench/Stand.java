package org.wanglou.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.wanglou.bench.check.Aftermath;
import org.wanglou.bench.check.ArchiveFiles;
import org.wanglou.bench.process.Instance;
import org.wanglou.bench.process.Program;
import org.wanglou.bench.receive.OpensslVerifier;
import org.wanglou.bench.receive.Responder;

/**
 * An instance, its responder and, while it runs, its process. {@link #close} kills what still runs and leaves the folder.
 * Confined to its thread but for the responder.
 */
public final class Stand implements AutoCloseable {
    /** What a start may take before it is given up; not the aim. */
    public static final Duration READY_LIMIT = Duration.ofSeconds(120);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final Instance instance;
    private final Responder responder;
    private Optional<Program> program = Optional.empty();

    private Stand(Instance instance, Responder responder) {
        this.instance = instance;
        this.responder = responder;
    }

    /** A fresh instance in a new directory below {@code target} that tells its responder of everything. */
    public static Stand fresh(String name) throws IOException {
        Path target = Path.of("target", "stands");
        Files.createDirectories(target);
        Instance instance =
                Instance.in(Files.createTempDirectory(target, name + "-").toAbsolutePath());
        Responder responder = new Responder(instance.secret(), instance.notifyKey());
        instance.tells(responder.port());
        return new Stand(instance, responder);
    }

    /** Starts the program and waits until it is ready; returns the seconds from the start of its process. */
    public double start(String... flags) throws IOException, InterruptedException {
        Program started = Program.start(instance, flags);
        program = Optional.of(started);
        return started.awaitReady(READY_LIMIT);
    }

    /** Starts the program without waiting. */
    public Program launch(String... flags) throws IOException {
        Program started = Program.start(instance, flags);
        program = Optional.of(started);
        return started;
    }

    public void kill() throws InterruptedException {
        program().kill();
        program = Optional.empty();
    }

    /** An orderly stop. */
    public void stop() throws IOException, InterruptedException {
        program().stop(STOP_LIMIT);
        program = Optional.empty();
    }

    public Program program() {
        return program.orElseThrow(() -> new IllegalStateException("the program does not run"));
    }

    public Instance instance() {
        return instance;
    }

    public Responder responder() {
        return responder;
    }

    public ArchiveFiles archive() {
        return new ArchiveFiles(instance.data());
    }

    /** Cases and ledger; only while the program does not run. */
    public Aftermath aftermath() {
        if (program.isPresent()) {
            throw new IllegalStateException("stop the program first");
        }
        return new Aftermath(instance);
    }

    public OpensslVerifier openssl() {
        return new OpensslVerifier(instance.notifyKey(), instance.secret(), instance.root());
    }

    /** The checkpoint that the ledger shows to the world now; empty before the first. */
    public String ledgerHead() throws IOException {
        Path file = instance.data().resolve("ledger").resolve("checkpoint");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    @Override
    public void close() throws InterruptedException {
        if (program.isPresent()) {
            program.get().close();
        }
        responder.close();
    }
}
