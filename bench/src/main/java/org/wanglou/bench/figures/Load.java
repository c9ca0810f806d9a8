package org.wanglou.bench.figures;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.wanglou.bench.process.Instance;
import org.wanglou.bench.send.IngestSender;
import org.wanglou.bench.send.Lines;
import org.wanglou.bench.send.SyslogSender;
import org.wanglou.bench.send.Targets;

/**
 * A steady stream of everyday lines at a rate that can be changed: web requests as ECS lines over HTTP (one in fifty a 404),
 * or syslog of cron and sshd over TCP or UDP (one in fifty a failed login, from 20,000 addresses, so that nobody becomes an
 * attacker). One thread sends; a sender that cannot hold the rate falls behind visibly and is not hurried.
 */
final class Load implements AutoCloseable {
    /** How the lines travel. */
    enum Way {
        HTTP,
        TCP,
        UDP
    }

    private static final int ODD_ONES = 50;
    private static final int STRANGERS = 20_000;
    private static final int FIRST_STRANGER = 40_000;
    private static final long SLICE_NANOS = 20_000_000;

    private final Way way;
    private final IngestSender http;
    private final SyslogSender syslog;
    private final SplittableRandom random;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Thread thread = new Thread(this::send, "bench-load");
    private volatile double perSecond;
    private volatile boolean running = true;

    Load(Instance instance, Way way, long seed) throws IOException {
        this.way = way;
        this.http = new IngestSender(instance, Instance.HTTP_ECS);
        this.syslog = new SyslogSender(instance);
        this.random = new SplittableRandom(seed);
        thread.start();
    }

    /** Events a second from now on. */
    void rate(double events) {
        perSecond = events;
    }

    /** Events that were acknowledged (HTTP) or handed to the kernel (TCP, UDP). */
    long sent() {
        return sent.get();
    }

    /** Events that were offered and not acknowledged (HTTP). */
    long refused() {
        return refused.get();
    }

    private void send() {
        double owed = 0;
        long last = System.nanoTime();
        while (running) {
            long now = System.nanoTime();
            // what could not be sent in time is not owed for ever: at most a fifth of a second is made up for
            owed = Math.min(owed + perSecond * (now - last) / 1e9, perSecond / 5 + 1);
            last = now;
            int due = (int) owed;
            owed -= due;
            try {
                if (due > 0) {
                    batch(due);
                }
            } catch (IOException e) {
                refused.addAndGet(due);
            } catch (InterruptedException e) {
                return;
            }
            LockSupport.parkNanos(SLICE_NANOS - (System.nanoTime() - now));
        }
    }

    private void batch(int events) throws IOException, InterruptedException {
        if (way == Way.HTTP) {
            List<String> lines = new ArrayList<>(events);
            for (int i = 0; i < events; i++) {
                lines.add(access());
            }
            (http.offer(lines) ? sent : refused).addAndGet(events);
            return;
        }
        for (int i = 0; i < events; i++) {
            if (way == Way.TCP) {
                syslog.frame(line());
            } else {
                syslog.datagram(line());
            }
        }
        syslog.flush();
        sent.addAndGet(events);
    }

    private String access() {
        boolean odd = random.nextInt(ODD_ONES) == 0;
        String path = "/news/" + random.nextInt(10_000) + "?page=" + random.nextInt(50) + "&from=index";
        return Lines.access(Instant.now(), stranger(), path, odd ? 404 : 200, 2_000 + random.nextInt(40_000));
    }

    private String line() {
        Instant now = Instant.now();
        String host = Targets.host(random.nextInt(19));
        if (random.nextInt(ODD_ONES) == 0) {
            return Lines.sshFailure(now, host, "user" + random.nextInt(500), stranger());
        }
        return Lines.syslog(
                now,
                host,
                "CRON",
                "pam_unix(cron:session): session opened for user job" + random.nextInt(500) + "(uid="
                        + random.nextInt(5_000) + ") by (uid=0) run=" + random.nextInt(1_000_000));
    }

    private String stranger() {
        return Targets.address(FIRST_STRANGER + random.nextInt(STRANGERS));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        running = false;
        thread.interrupt();
        thread.join();
        syslog.close();
    }
}
