package org.wanglou.bench.send;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Log lines as the real programs write them. Pure. */
public final class Lines {
    private Lines() {}

    /** OpenSSH's word on a wrong password, framed by RFC 5424 with facility authpriv. */
    public static String sshFailure(Instant at, String host, String user, String address) {
        return syslog(at, host, "sshd", "Failed password for " + user + " from " + address + " port 40022 ssh2");
    }

    /** OpenSSH's word on a login. */
    public static String sshSuccess(Instant at, String host, String user, String address) {
        return syslog(at, host, "sshd", "Accepted password for " + user + " from " + address + " port 40022 ssh2");
    }

    /** A line of any program. */
    public static String syslog(Instant at, String host, String program, String text) {
        return "<86>1 " + at.truncatedTo(ChronoUnit.MILLIS) + " " + host + " " + program + " 4242 - - " + text;
    }

    /** An ECS event of a web server, as one JSON line. */
    public static String access(Instant at, String address, String path, int status, int bytes) {
        return "{\"@timestamp\":\"" + at.truncatedTo(ChronoUnit.MILLIS)
                + "\",\"event\":{\"dataset\":\"nginx.access\",\"kind\":\"event\",\"category\":[\"web\"]},\"source\":{\"ip\":\""
                + address + "\"},\"host\":{\"name\":\"portal\"},\"url\":{\"path\":\"" + path + "\",\"original\":\""
                + path
                + "\"},\"http\":{\"request\":{\"method\":\"GET\"},\"response\":{\"status_code\":" + status
                + ",\"body\":{\"bytes\":" + bytes
                + "}}},\"user_agent\":{\"original\":\"Mozilla/5.0 (X11; Linux x86_64)\"}}";
    }
}
