package org.wanglou.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** rsyslog or syslog-ng, as a process of its own in a folder of its own, which ships the lines of one file. */
final class Shippers implements AutoCloseable {
    /** Where {@code tools/shippers.sh} has laid them. */
    private static final Path ROOT = Path.of(System.getenv()
            .getOrDefault(
                    "WANGLOU_SHIPPERS",
                    Path.of(System.getProperty("user.home"), ".cache", "wanglou", "shippers")
                            .toString()));

    private final Path folder;
    private final List<String> command;
    private Process process;

    private Shippers(Path folder, List<String> command) {
        this.folder = folder;
        this.command = command;
    }

    /** Why they cannot be run here; empty when they can. */
    static String missing() {
        boolean there = Files.isExecutable(ROOT.resolve("usr/sbin/rsyslogd"))
                && Files.isExecutable(ROOT.resolve("usr/sbin/syslog-ng"));
        return there ? "" : "rsyslog and syslog-ng are not in " + ROOT + ": tools/shippers.sh lays them there";
    }

    private static Path find(String name) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + name + " in " + ROOT));
        }
    }

    private static Path input(Path folder) {
        return folder.resolve("input.log");
    }

    /** @param action the action that ships, as it stands in a configuration */
    static Shippers rsyslog(Path folder, String global, String action) throws IOException {
        Files.createDirectories(folder.resolve("work"));
        Files.createFile(input(folder));
        Path conf = folder.resolve("rsyslog.conf");
        Files.writeString(
                conf,
                "global(workDirectory=\"" + folder.resolve("work") + "\" " + global + ")\n"
                        + "module(load=\"imfile\")\n"
                        + "input(type=\"imfile\" File=\"" + input(folder)
                        + "\" Tag=\"shipped\" persistStateInterval=\"1\")\n"
                        + action + "\n");
        return new Shippers(
                folder,
                List.of(
                        ROOT.resolve("usr/sbin/rsyslogd").toString(),
                        "-n",
                        "-f",
                        conf.toString(),
                        "-i",
                        folder.resolve("pid").toString(),
                        "-M",
                        find("omrelp.so").getParent().toString()));
    }

    /** @param destination the driver that ships, as it stands in a configuration */
    static Shippers syslogNg(Path folder, String destination) throws IOException {
        Files.createDirectories(folder.resolve("work"));
        Files.createFile(input(folder));
        Path conf = folder.resolve("syslog-ng.conf");
        Files.writeString(
                conf,
                "@version: 3.38\noptions { stats-freq(0); time-reopen(1); };\n"
                        + "source s { file(\"" + input(folder)
                        + "\" flags(no-parse) program-override(\"shipped\") follow-freq(0.2)); };\n"
                        + "destination d { " + destination + " };\nlog { source(s); destination(d); };\n");
        return new Shippers(
                folder,
                List.of(
                        ROOT.resolve("usr/sbin/syslog-ng").toString(),
                        "-F",
                        "--no-caps",
                        "-f",
                        conf.toString(),
                        "-R",
                        folder.resolve("persist").toString(),
                        "-p",
                        folder.resolve("pid").toString(),
                        "-c",
                        folder.resolve("ctl").toString(),
                        "--module-path",
                        find("libafsocket.so").getParent().toString()));
    }

    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        List<Path> libraries = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT, 5)) {
            files.filter(file -> file.getFileName().toString().matches("lib.*[.]so([.].*)?"))
                    .map(Path::getParent)
                    .distinct()
                    .forEach(libraries::add);
        }
        builder.environment()
                .put("LD_LIBRARY_PATH", libraries.stream().map(Path::toString).collect(Collectors.joining(":")));
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output").toFile()));
        process = builder.start();
    }

    /** Asks it to stop and waits until it has. */
    void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Appends lines {@code number <from>} to {@code number <to - 1>} to what it ships. */
    void write(int from, int to) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("number ").append(i).append(" of the lines that must arrive\n");
        }
        Files.writeString(input(folder), lines, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    /** What it said of itself. */
    String output() throws IOException {
        return Files.readString(folder.resolve("output"), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null && process.isAlive()) {
            process.destroyForcibly();
            process.waitFor(60, TimeUnit.SECONDS);
        }
    }
}
