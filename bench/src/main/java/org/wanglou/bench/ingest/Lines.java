package org.wanglou.bench.ingest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Distinct lines ended by LF, a quarter of each kind, the same for the same seed but for their times, which lie in the hour
 * before they are made.
 *
 * @param bytes all of them, as they go over the connection
 * @param prints {@link #print} of each
 * @param samples the first line of each kind
 */
public record Lines(byte[] bytes, Set<Long> prints, List<Sample> samples) {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter BSD = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter CLF = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);
    private static final DateTimeFormatter DASHED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /**
     * A line and what a reader must find in it.
     *
     * @param kind which kind of line
     * @param mark a value that must stand in a field of its own
     */
    public record Sample(String kind, String text, String mark) {}

    /** So many lines. */
    public static Lines of(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ZonedDateTime now = Instant.now().atZone(SHANGHAI);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(count * 200);
        Set<Long> prints = new HashSet<>(count * 2);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ZonedDateTime at = now.minusSeconds(1 + random.nextInt(3_600));
            Sample line =
                    switch (i % 4) {
                        case 0 -> sshd(i, at, random);
                        case 1 -> sudo(i, at, random);
                        case 2 -> nginx(i, at, random);
                        default -> firewall(i, at, random);
                    };
            if (i < 4) {
                samples.add(line);
            }
            prints.add(print(line.text()));
            bytes.writeBytes((line.text() + '\n').getBytes(StandardCharsets.UTF_8));
        }
        if (prints.size() != count) {
            throw new IllegalStateException("two of the lines have one print: take another seed than " + seed);
        }
        return new Lines(bytes.toByteArray(), prints, samples);
    }

    /** 64 bits that stand for a line. */
    public static long print(String line) {
        long print = 1125899906842597L;
        for (int i = 0; i < line.length(); i++) {
            print = 31 * (print ^ print >>> 29) + line.charAt(i);
        }
        return print;
    }

    private static String text(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    private static String ip(SplittableRandom random) {
        return 1 + random.nextInt(220) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                + (1 + random.nextInt(254));
    }

    private static Sample sshd(int i, ZonedDateTime at, SplittableRandom random) {
        String ip = ip(random);
        String line = text(
                "<38>%s web%02d sshd[%d]: %s password for %suser%d from %s port %d ssh2",
                BSD.format(at),
                random.nextInt(90),
                1_000 + i,
                i % 7 == 0 ? "Accepted" : "Failed",
                i % 3 == 0 ? "invalid user " : "",
                random.nextInt(5000),
                ip,
                1024 + random.nextInt(60_000));
        return new Sample("sshd", line, ip);
    }

    private static Sample sudo(int i, ZonedDateTime at, SplittableRandom random) {
        String command = text("/usr/bin/less /var/log/%d.log", i);
        String line = text(
                "<85>%s web%02d sudo:   user%d : TTY=pts/%d ; PWD=/home/user ; USER=root ; COMMAND=%s",
                BSD.format(at), random.nextInt(90), random.nextInt(5000), random.nextInt(9), command);
        return new Sample("sudo", line, command);
    }

    private static Sample nginx(int i, ZonedDateTime at, SplittableRandom random) {
        String ip = ip(random);
        String line = text(
                "<190>%s web%02d nginx: %s - - [%s] \"GET /course/%d/page%d.html HTTP/1.1\" %d %d \"https://www.example.edu.cn/\" \"Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/12%d.0 Safari/537.36\"",
                BSD.format(at),
                random.nextInt(90),
                ip,
                CLF.format(at),
                random.nextInt(900),
                i,
                i % 9 == 0 ? 404 : 200,
                random.nextInt(90_000),
                i % 10);
        return new Sample("nginx", line, ip);
    }

    private static Sample firewall(int i, ZonedDateTime at, SplittableRandom random) {
        String ip = ip(random);
        String line = text(
                "<134>%s fw%d id=tos time=\"%s\" fw=EDU-NGFW pri=4 type=ac recorder=FW src=%s dst=10.1.1.80 sport=%d dport=22 smac=00:16:3e:00:00:0a dmac=00:16:3e:00:00:0b proto=tcp indev=eth0 outdev=eth1 user= rule=deny policyid=%d msg=\"访问控制拒绝 %d\"",
                BSD.format(at),
                random.nextInt(9),
                DASHED.format(at),
                ip,
                1024 + random.nextInt(60_000),
                random.nextInt(300),
                i);
        return new Sample("firewall", line, ip);
    }
}
