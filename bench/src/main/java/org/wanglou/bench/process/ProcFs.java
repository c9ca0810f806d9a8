package org.wanglou.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What Linux says about a process under {@code /proc/<pid>} (proc(5)). Immutable. */
public final class ProcFs {
    /** USER_HZ: fixed at 100 for what the kernel shows to programs. */
    private static final double TICKS_PER_SECOND = 100;

    private static final String LISTENING = "0A";

    private final Path root;

    public ProcFs(long pid) {
        this.root = Path.of("/proc", Long.toString(pid));
    }

    /** Resident memory now, MiB. */
    public long residentMib() throws IOException {
        return status("VmRSS:") / 1024;
    }

    /** The most that was ever resident, MiB. */
    public long peakMib() throws IOException {
        return status("VmHWM:") / 1024;
    }

    private long status(String name) throws IOException {
        for (String line : Files.readAllLines(root.resolve("status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.substring(name.length()).replaceAll("\\D", ""));
            }
        }
        throw new IOException("no " + name + " in " + root.resolve("status"));
    }

    /** CPU seconds used so far by thread name (cut to 15 characters by the kernel), user and system together. */
    public Map<String, Double> cpuByThread() throws IOException {
        Map<String, Double> seconds = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(root.resolve("task"))) {
            for (Path task : tasks.toList()) {
                try {
                    String stat = Files.readString(task.resolve("stat"), StandardCharsets.ISO_8859_1);
                    int end = stat.lastIndexOf(')');
                    String name = stat.substring(stat.indexOf('(') + 1, end);
                    // after ") ": field 3 (state) is the first, so 14 (utime) and 15 (stime) are the 12th and 13th
                    String[] fields = stat.substring(end + 2).split(" ", -1);
                    double used = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
                    seconds.merge(name, used, Double::sum);
                } catch (NoSuchFileException e) {
                    continue; // the thread ended meanwhile
                }
            }
        }
        return seconds;
    }

    /** CPU seconds of the whole process, ended threads included. */
    public double cpuSeconds() throws IOException {
        String stat = Files.readString(root.resolve("stat"), StandardCharsets.ISO_8859_1);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** TCP ports on which the process listens, from {@code /proc/net/tcp} and {@code tcp6}. */
    public Set<Integer> listeningPorts() throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> handles = Files.list(root.resolve("fd"))) {
            for (Path handle : handles.toList()) {
                try {
                    String target = Files.readSymbolicLink(handle).toString();
                    if (target.startsWith("socket:[")) {
                        sockets.add(target.substring(8, target.length() - 1));
                    }
                } catch (NoSuchFileException e) {
                    continue; // closed meanwhile
                }
            }
        }
        Set<Integer> ports = new TreeSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : Files.readAllLines(root.resolve(table))) {
                String[] columns = line.strip().split(" +", -1);
                if (columns.length > 9 && columns[3].equals(LISTENING) && sockets.contains(columns[9])) {
                    ports.add(Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16));
                }
            }
        }
        return ports;
    }
}
