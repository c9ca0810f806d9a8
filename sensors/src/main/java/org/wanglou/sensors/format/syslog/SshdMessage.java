package org.wanglou.sensors.format.syslog;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wanglou.model.Addresses;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;

/**
 * What OpenSSH's server says about logins and connections (auth.c {@code auth_log}, packet.c, auth2.c).
 *
 * <p>"invalid user" is kept as {@code event.reason}: guessing names and guessing passwords are different attacks.
 * Immutable.
 */
final class SshdMessage implements ProgramMessage {
    // The user name is the attacker's to choose and may itself read "x from 10.0.0.1 port 1 ssh2": ".*" is greedy on
    // purpose, the last address is the one sshd wrote. What follows ssh2 is a key's type and fingerprint, which cannot
    // hold " from ", or a certificate's id, which can: so it must begin with a colon and the match is anchored before.
    private static final Pattern VERDICT = Pattern.compile(
            "(Accepted|Failed|Postponed|Partial) (\\S+) for (invalid user |illegal user )?(.*) from (\\S+) port (\\d{1,5})"
                    + "(?: (?:ssh2|ssh1))?(?:: \\S+ .*| \\[preauth])?");
    private static final Pattern INVALID =
            Pattern.compile("(?:Invalid|Illegal) user (.*) from (\\S+)(?: port (\\d{1,5}))?");
    private static final Pattern GONE = Pattern.compile(
            "(Connection closed by|Connection reset by|Disconnected from|Disconnecting)"
                    + "(?: (?:authenticating|invalid))?(?: user (.*))? (\\S+) port (\\d{1,5})(?:[: ].*)?(?: \\[preauth])?");
    private static final Pattern TOO_MANY = Pattern.compile(
            "(?:error: )?maximum authentication attempts exceeded for (invalid user )?(.*) from (\\S+) port (\\d{1,5}).*");

    @Override
    public boolean read(String text, Event.Builder event) {
        return verdict(text, event) || invalid(text, event) || tooMany(text, event) || gone(text, event);
    }

    private static boolean verdict(String text, Event.Builder event) {
        Matcher m = VERDICT.matcher(text);
        if (!m.matches() || !source(m.group(5), m.group(6), event)) {
            return false;
        }
        boolean accepted = m.group(1).equals("Accepted");
        boolean failed = m.group(1).equals("Failed");
        login(event, accepted ? "success" : failed ? "failure" : "unknown", m.group(4));
        event.set(Ecs.EVENT_ACTION, "ssh_login").set("openssh.auth.method", m.group(2));
        if (m.group(3) != null) {
            event.set(Ecs.EVENT_REASON, "invalid user");
        }
        return true;
    }

    private static boolean invalid(String text, Event.Builder event) {
        Matcher m = INVALID.matcher(text);
        if (!m.matches() || !source(m.group(2), m.group(3) == null ? "" : m.group(3), event)) {
            return false;
        }
        // The same attempt is told again as "Failed … for invalid user": this line alone is no second failure.
        event.set(Ecs.EVENT_CATEGORY, List.of("authentication"))
                .set(Ecs.EVENT_TYPE, List.of("info"))
                .set(Ecs.EVENT_ACTION, "ssh_invalid_user")
                .set(Ecs.USER_NAME, m.group(1));
        return true;
    }

    private static boolean tooMany(String text, Event.Builder event) {
        Matcher m = TOO_MANY.matcher(text);
        if (!m.matches() || !source(m.group(3), m.group(4), event)) {
            return false;
        }
        event.set(Ecs.EVENT_CATEGORY, List.of("authentication"))
                .set(Ecs.EVENT_TYPE, List.of("info"))
                .set(Ecs.EVENT_ACTION, "ssh_max_attempts")
                .set(Ecs.USER_NAME, m.group(2));
        return true;
    }

    private static boolean gone(String text, Event.Builder event) {
        Matcher m = GONE.matcher(text);
        if (!m.matches() || !source(m.group(3), m.group(4), event)) {
            return false;
        }
        event.set(Ecs.EVENT_CATEGORY, List.of("network", "session"))
                .set(Ecs.EVENT_TYPE, List.of("connection", "end"))
                .set(Ecs.EVENT_ACTION, "ssh_disconnect");
        if (m.group(2) != null && !m.group(2).isEmpty()) {
            event.set(Ecs.USER_NAME, m.group(2));
        }
        return true;
    }

    private static void login(Event.Builder event, String outcome, String user) {
        event.set(Ecs.EVENT_CATEGORY, List.of("authentication"))
                .set(Ecs.EVENT_TYPE, List.of(outcome.equals("success") ? "start" : "info"))
                .set(Ecs.EVENT_OUTCOME, outcome)
                .set(Ecs.USER_NAME, user);
    }

    private static boolean source(String address, String port, Event.Builder event) {
        String canonical = Addresses.canonical(address).orElse("");
        if (canonical.isEmpty() && !address.matches("[A-Za-z0-9._:-]{1,253}")) {
            return false;
        }
        event.set(Ecs.SOURCE_ADDRESS, address);
        if (!canonical.isEmpty()) {
            event.set(Ecs.SOURCE_IP, canonical);
        }
        if (!port.isEmpty()) {
            event.set(Ecs.SOURCE_PORT, Long.parseLong(port));
        }
        return true;
    }
}
