package org.wanglou.bench.figures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.wanglou.bench.process.Program;

/**
 * One evidence file: which commit, which seed, which command, which machine, which figures. Immutable.
 *
 * @param load load average of the machine before the run; well above zero means that others were at work on its cores
 */
record Evidence(String name, long seed, Instant began, String commit, double load) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    static Evidence begin(String name, long seed) throws IOException, InterruptedException {
        String dirty = git("status", "--porcelain", "--untracked-files=no").isEmpty() ? "" : "+changes";
        return new Evidence(
                name,
                seed,
                Instant.now(),
                git("rev-parse", "HEAD") + dirty,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String git(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }

    String json(Map<String, Object> figures) throws JsonProcessingException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", name);
        all.put("began", began.toString());
        all.put("commit", commit);
        all.put("seed", seed);
        all.put("command", "bench/run --seed " + seed + " " + name);
        all.put("machine", machine());
        all.put("figures", figures);
        return JSON.writeValueAsString(all);
    }

    private Map<String, Object> machine() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("memoryMib", system.getTotalMemorySize() >> 20);
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        machine.put("loadBefore", load);
        machine.put("loadAfter", system.getSystemLoadAverage());
        machine.put("program", System.getProperty(Program.JAR, "").isEmpty() ? "classes" : "packaged jar");
        machine.put("senderAndReceiverOnTheSameMachine", true);
        return machine;
    }

    Path write(Path directory, Map<String, Object> figures) throws IOException {
        Files.createDirectories(directory);
        String day = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(began);
        Path file = directory.resolve(day + "-" + name + ".json");
        Files.writeString(file, json(figures) + "\n");
        return file;
    }
}
