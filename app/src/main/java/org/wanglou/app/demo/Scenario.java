package org.wanglou.app.demo;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wanglou.model.Addresses;

/**
 * The recorded scenario with its cast drawn from a seed: every loopback address of the recording stands for a role and
 * is replaced by a documentation or private address, the account by a made-up name. Times are put in when a step is
 * rendered, so that the scenario always happens now. Immutable.
 */
public final class Scenario {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter SYSLOG = DateTimeFormatter.ofPattern("MMM d HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter ACCESS =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
    private static final Pattern SYSLOG_TIME = Pattern.compile("^(<\\d+>)\\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d ");
    private static final Pattern ACCESS_TIME = Pattern.compile("\\[\\d\\d/\\w{3}/\\d{4}:[^]]+]");
    private static final Pattern ROLE = Pattern.compile("127\\.0\\.0\\.(1[1-7])\\b");
    private static final String BRUTE = "127.0.0.11";

    /** The account of the recording. */
    private static final String ACCOUNT = "wldemo";

    /** Where a step goes. */
    public enum Way {
        SYSLOG_UDP,
        SYSLOG_TCP,
        NETFLOW_UDP
    }

    /**
     * One thing to send.
     *
     * @param way which socket
     * @param raw the recorded bytes
     * @param actor the drawn address of who acts, empty for by-play
     * @param completes true for the step with which the actor's deed is complete: latency counts from here
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Step(Way way, byte[] raw, String actor, boolean completes) {}

    private final Map<String, String> cast = new LinkedHashMap<>();
    private final String account;
    private final List<Step> steps = new ArrayList<>();

    private Scenario(Random random) {
        // Outside the sample indicators but for the last one, which the lab host speaks to.
        cast.put(BRUTE, "203.0.113." + (70 + random.nextInt(180)));
        cast.put("127.0.0.12", "10.1.20." + (10 + random.nextInt(200)));
        cast.put("127.0.0.13", "198.51.100." + (10 + random.nextInt(50)));
        cast.put("127.0.0.14", "10.1.21." + (10 + random.nextInt(200)));
        cast.put("127.0.0.15", "198.51.100." + (150 + random.nextInt(100)));
        cast.put("127.0.0.16", "10.1.30." + (10 + random.nextInt(200)));
        cast.put("127.0.0.17", "203.0.113.66");
        String[] names = {"zhanglei", "liuyang", "wangfang", "chenjing", "zhaomin", "sunhao"};
        account = names[random.nextInt(names.length)] + (100 + random.nextInt(900));
    }

    /** Reads the recording from the jar and draws the cast. */
    public static Scenario load(long seed) throws IOException {
        Scenario scenario = new Scenario(new Random(seed));
        scenario.readSsh();
        scenario.readAccess();
        scenario.readFlows();
        return scenario;
    }

    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /** Who plays the one who guesses passwords. */
    public String attacker() {
        return cast.getOrDefault(BRUTE, "");
    }

    /** The drawn account name. */
    public String account() {
        return account;
    }

    private void readSsh() throws IOException {
        int failures = 0;
        for (String line : lines("ssh.log")) {
            if (!ROLE.matcher(line).find()) {
                continue; // sshd about itself: names the recording's own listener
            }
            boolean brute = line.contains(BRUTE);
            if (brute && line.contains("Failed password")) {
                failures++;
            }
            steps.add(new Step(
                    Way.SYSLOG_UDP,
                    replace(line).getBytes(StandardCharsets.UTF_8),
                    brute ? attacker() : "",
                    brute && line.contains("Failed password") && failures == 20));
        }
    }

    private void readAccess() throws IOException {
        for (String line : lines("nginx.log")) {
            String host = line.contains("/api/export") ? "xueji01" : "portal01";
            String frame = "<190>Jan  1 00:00:00 " + host + " nginx: " + replace(line);
            Matcher role = ROLE.matcher(line);
            String actor = role.find() ? cast.getOrDefault(role.group(), "") : "";
            steps.add(new Step(Way.SYSLOG_TCP, frame.getBytes(StandardCharsets.UTF_8), actor, false));
        }
    }

    private void readFlows() throws IOException {
        try (DataInputStream in = new DataInputStream(open("netflow5.bin"))) {
            while (true) {
                byte[] datagram = new byte[in.readUnsignedShort()];
                in.readFully(datagram);
                steps.add(new Step(Way.NETFLOW_UDP, datagram, "", false));
            }
        } catch (EOFException e) {
            // the end of the recording
        }
    }

    private String replace(String line) {
        Matcher matcher = ROLE.matcher(line);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(text, cast.getOrDefault(matcher.group(), matcher.group()));
        }
        return matcher.appendTail(text).toString().replace(ACCOUNT, account);
    }

    /** The bytes of a step as if they were written at {@code now}. */
    public byte[] render(Step step, Instant now) {
        if (step.way() == Way.NETFLOW_UDP) {
            return renderFlow(step.raw(), now);
        }
        String text = new String(step.raw(), StandardCharsets.UTF_8);
        String stamp = SYSLOG.format(now.atZone(ZONE));
        String padded = stamp.charAt(5) == ' ' ? stamp.substring(0, 4) + " " + stamp.substring(4) : stamp;
        Matcher syslog = SYSLOG_TIME.matcher(text);
        String timed = syslog.find() ? syslog.group(1) + padded + " " + text.substring(syslog.end()) : text;
        return ACCESS_TIME
                .matcher(timed)
                .replaceFirst("[" + ACCESS.format(now.atZone(ZONE)) + "]")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** NetFlow v5: header time to now, and the roles' addresses in every record (offsets by Cisco's v5 layout). */
    private byte[] renderFlow(byte[] raw, Instant now) {
        ByteBuffer datagram = ByteBuffer.wrap(raw.clone());
        datagram.putInt(8, (int) now.getEpochSecond());
        datagram.putInt(12, now.getNano());
        int records = datagram.getShort(2);
        for (int i = 0; i < records; i++) {
            for (int field = 0; field < 2; field++) {
                int at = 24 + i * 48 + field * 4;
                byte[] address = new byte[4];
                datagram.get(at, address);
                String drawn = cast.get(Addresses.format(address));
                if (drawn != null) {
                    datagram.put(at, Addresses.parse(drawn).orElse(address));
                }
            }
        }
        return datagram.array();
    }

    private static List<String> lines(String name) throws IOException {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = Scenario.class.getResourceAsStream("/demo/" + name);
        if (in == null) {
            throw new IOException("recording missing from the jar: demo/" + name);
        }
        return in;
    }
}
