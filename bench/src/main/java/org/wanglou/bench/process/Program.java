package org.wanglou.bench.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of the program over an instance's folder. {@link #close} kills what still runs. Used by one thread.
 *
 * <p>By default the classes of this JVM's class path run; with the system property {@value #JAR} the packaged jar does,
 * with the class-data archive beside it if there is one, as the launcher starts it.
 */
public final class Program implements AutoCloseable {
    /** System property that names the packaged program. */
    public static final String JAR = "wanglou.jar";

    private final Process process;
    private final Path readyFile;
    private final Path log;
    private final long started;

    private Program(Process process, Path readyFile, Path log, long started) {
        this.process = process;
        this.readyFile = readyFile;
        this.log = log;
        this.started = started;
    }

    /** Starts {@code wanglou run} with what the launcher would give it; further JVM flags come last. */
    public static Program start(Instance instance, String... flags) throws IOException {
        Path config = instance.configure();
        Path ready = instance.root().resolve("ready");
        Files.deleteIfExists(ready);
        Path log = instance.root().resolve("program.log");
        List<String> command = java(List.of(flags));
        command.addAll(List.of("run", "--config", config.toString()));
        command.addAll(List.of("--data", instance.data().toString(), "--ready-file", ready.toString()));
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new Program(process, ready, log, began);
    }

    /** Runs any command of the program to its end and answers with exit code and output. */
    public static Finished command(Duration limit, String... arguments) throws IOException, InterruptedException {
        List<String> command = java(List.of());
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("wanglou-command", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("no end after " + limit + ": " + List.of(arguments));
            }
            return new Finished(process.exitValue(), Files.readString(out));
        } finally {
            Files.deleteIfExists(out);
        }
    }

    /** What a command left. */
    public record Finished(int exit, String output) {}

    private static List<String> java(List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:MaxMetaspaceSize=320m"));
        command.addAll(List.of("-Dfile.encoding=UTF-8", "-Djava.awt.headless=true"));
        String jar = System.getProperty(JAR, "");
        File archive = new File(jar.replaceAll("\\.jar$", ".jsa"));
        if (!jar.isEmpty() && archive.exists()) {
            command.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:class+path=off"));
        }
        command.addAll(flags);
        if (jar.isEmpty()) {
            String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            command.addAll(List.of("-cp", path, "org.wanglou.app.Main"));
        } else {
            command.addAll(List.of("-jar", jar));
        }
        return command;
    }

    /**
     * Waits until the program says it is ready; returns the seconds since it was started.
     *
     * @throws IllegalStateException with the end of its log when it ends or is not ready in time
     */
    public double awaitReady(Duration limit) throws IOException, InterruptedException {
        while (!Files.exists(readyFile)) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "the program ended with " + process.exitValue() + " before it was ready:\n" + tail());
            }
            if (System.nanoTime() - started > limit.toNanos()) {
                throw new IllegalStateException("not ready after " + limit + ":\n" + tail());
            }
            Thread.sleep(5);
        }
        return (System.nanoTime() - started) / 1e9;
    }

    /** SIGKILL, and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; returns the exit code. */
    public int stop(Duration limit) throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("no orderly stop within " + limit + ":\n" + tail());
        }
        return process.exitValue();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Waits for the end; returns the exit code. */
    public int awaitEnd(Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("still running after " + limit + ":\n" + tail());
        }
        return process.exitValue();
    }

    public ProcFs proc() {
        return new ProcFs(process.pid());
    }

    /** All that the program wrote, over all its starts in this folder. */
    public String log() throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    }

    private String tail() throws IOException {
        String all = log();
        return all.substring(Math.max(0, all.length() - 6_000));
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            kill();
        }
    }
}
