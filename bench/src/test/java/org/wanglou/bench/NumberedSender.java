package org.wanglou.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wanglou.bench.oracle.JsonLine;
import org.wanglou.bench.process.Instance;
import org.wanglou.bench.send.IngestSender;
import org.wanglou.bench.send.Lines;
import org.wanglou.bench.send.Targets;

/**
 * Sends numbered lines over HTTP until told to finish: five attackers at a time guess passwords, each 19, 20 or 40 times
 * (or any number up to 60), between lines that mean nothing. A batch that was not acknowledged is sent again unchanged.
 * One thread sends; the counts may be read by another.
 */
final class NumberedSender {
    private static final int BATCH = 20;
    private static final int AT_ONCE = 5;
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Pattern NUMBER = Pattern.compile("n(\\d{7})");
    /** Published as soon as they are reached, so that nothing has to settle first. */
    private static final int[] TOTALS = {19, 20, 40};

    private record Attack(String address, String host, int left) {}

    private final IngestSender http;
    private final Random random;
    private final boolean anyTotal;
    private final Thread thread = new Thread(this::send, "bench-sender");
    private final Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
    private final Map<String, Integer> attackers = new ConcurrentHashMap<>();
    private final List<Attack> going = new ArrayList<>();
    private volatile boolean finishing;
    private volatile int sent;
    private volatile long lastLine;

    NumberedSender(Instance instance, long seed, boolean anyTotal) {
        this.http = new IngestSender(instance, Instance.HTTP_SYSLOG);
        this.random = new Random(seed + 1);
        this.anyTotal = anyTotal;
    }

    void start() {
        thread.start();
    }

    /** Lets the attackers that began come to their end; all lines are acknowledged when it returns. */
    void finish() throws InterruptedException {
        finishing = true;
        thread.join();
    }

    /** How many lines are acknowledged. */
    int acknowledged() {
        return acknowledged.size();
    }

    Set<Integer> acknowledgedNumbers() {
        return acknowledged;
    }

    /** Lines offered so far; their numbers are 0 to this, exclusive. */
    int sent() {
        return sent;
    }

    /** How many failures each address made in all. */
    Map<String, Integer> attackers() {
        return attackers;
    }

    long lastLineMillis() {
        return lastLine;
    }

    private void send() {
        try {
            while (!finishing || !going.isEmpty()) {
                List<String> batch = new ArrayList<>(BATCH);
                int first = sent;
                for (int i = 0; i < BATCH; i++) {
                    batch.add(line(first + i));
                }
                sent = first + batch.size();
                while (!http.offer(batch)) {
                    Thread.sleep(50);
                }
                for (int i = 0; i < batch.size(); i++) {
                    acknowledged.add(first + i);
                }
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String line(int number) {
        Instant now = Instant.now();
        lastLine = now.toEpochMilli();
        String name = "n%07d".formatted(number);
        if (!finishing && going.size() < AT_ONCE && random.nextInt(4) == 0) {
            int count = attackers.size();
            int total = anyTotal ? 15 + random.nextInt(46) : TOTALS[random.nextInt(TOTALS.length)];
            Attack attack = new Attack(Targets.address(count), Targets.host(count), total);
            attackers.put(attack.address(), total);
            going.add(attack);
        }
        if (going.isEmpty() || !finishing && random.nextInt(3) == 0) {
            return Lines.syslog(now, Targets.host(number), "CRON", "session opened for " + name);
        }
        int which = random.nextInt(going.size());
        Attack attack = going.remove(which);
        if (attack.left() > 1) {
            going.add(new Attack(attack.address(), attack.host(), attack.left() - 1));
        }
        return Lines.sshFailure(now, attack.host(), name, attack.address());
    }

    /** The number of an archived line. */
    static int number(JsonLine line) {
        Matcher number = NUMBER.matcher(line.text("event.original"));
        if (!number.find()) {
            throw new IllegalArgumentException("a line without a number: " + line.text("event.original"));
        }
        return Integer.parseInt(number.group(1));
    }
}
