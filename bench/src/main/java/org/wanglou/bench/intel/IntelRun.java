package org.wanglou.bench.intel;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.wanglou.bench.figures.Figures;

/** Five million mixed indicators in a process with a heap of its own. */
public final class IntelRun implements Figures.Run {
    private static final int INDICATORS = 5_000_000;

    @Override
    public Map<String, Object> measure(long seed) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms3g",
                        "-Xmx3g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IntelMain.class.getName(),
                        Integer.toString(Integer.getInteger("wanglou.indicators", INDICATORS)),
                        Long.toString(seed)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the measuring process ended with " + process.exitValue() + ": " + answer);
        }
        return new ObjectMapper().readValue(answer, new TypeReference<Map<String, Object>>() {});
    }
}
