package org.wanglou.sensors.fault;

import ch.qos.logback.classic.Level;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Another Java process that answers questions, a line each, and ends when its parent does. */
final class Child {
    private static final String ANSWER = "answer: ";
    private static final PrintStream OUT = System.out;

    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;

    private final Path errors;

    private Child(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.questions = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    }

    /** @param limit a shell's command before it, such as {@code ulimit -f 64}; empty for none */
    static Child start(String limit, int megabytes, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (!limit.isEmpty()) {
            command.addAll(List.of("/bin/sh", "-c", limit + "; exec \"$@\"", "sh"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + megabytes + "m",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Duser.timezone=UTC",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile("fault-" + main.getSimpleName(), ".log");
        errors.toFile().deleteOnExit();
        return new Child(
                new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
    }

    /** The child's side, first of all: its parent hears answers and no logs, which nobody would read. */
    static void quiet() {
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.WARN);
        }
    }

    /** The child's side: answers until there is nobody to ask. */
    static void answer(UnaryOperator<String> told) {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String question = in.readLine(); question != null; question = in.readLine()) {
                OUT.println(ANSWER + told.apply(question));
                OUT.flush();
            }
        } catch (IOException e) {
            System.err.println(e);
        }
        Runtime.getRuntime().halt(0);
    }

    /** Waits for the answer. */
    synchronized String ask(String question) throws IOException {
        questions.write(question + "\n");
        questions.flush();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(ANSWER)) {
                return line.substring(ANSWER.length());
            }
        }
        String said = Files.readString(errors);
        throw new IOException("the process has ended, asked for " + question + "; it said "
                + said.substring(Math.max(0, said.length() - 4_000)));
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
