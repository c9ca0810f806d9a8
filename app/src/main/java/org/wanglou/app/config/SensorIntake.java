package org.wanglou.app.config;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.wanglou.model.registry.PrefixMap;
import org.wanglou.sensors.Intake;
import org.wanglou.sensors.SensorConfig;
import org.wanglou.sensors.format.Multiline;
import org.wanglou.sensors.listen.TlsServer;

/** Reads what an entry of {@code sensors} may say beside transport, place and format. Immutable. */
final class SensorIntake {
    private static final int MOST_PREFIXES = 4_096;

    private final TlsFiles tls;

    /** @param base directory from which relative paths count */
    SensorIntake(Path base) {
        this.tls = new TlsFiles(base);
    }

    /** The sensor with all of it; what is wrong has been said. */
    SensorConfig with(Section entry, SensorConfig sensor) {
        SensorConfig whole = sensor;
        if (entry.flag("exit")) {
            if (sensor.organization().isEmpty()) {
                entry.problem("exit", "an exit needs the unit whose exit it is", "write organization");
                return whole;
            }
            whole = whole.exit();
        }
        Optional<Charset> charset = charset(entry);
        if (charset.isPresent()) {
            whole = whole.in(charset.get());
        }
        double rate = rate(entry, "rate");
        if (rate > 0) {
            whole = whole.limited(rate);
        }
        for (String word : List.of("ratePerPeer", "allow", "peers")) {
            if (!sensor.listener().peers() && entry.has(word)) {
                String kind = sensor.listener().name().toLowerCase(Locale.ROOT);
                entry.problem(word, "a " + kind + " source has no peers", "take it out");
                return whole;
            }
        }
        whole = whole.taking(new Intake(rate(entry, "ratePerPeer"), allow(entry), peers(entry), multiline(entry)));
        if (!entry.has("tls")) {
            return whole;
        }
        if (!sensor.listener().connections()) {
            String word = sensor.listener().name().toLowerCase(Locale.ROOT);
            entry.problem("tls", "a " + word + " source has no connections", "take it out, or use tcp or http");
            return whole;
        }
        Optional<TlsServer> server = tls.read(entry.section("tls"));
        return server.isPresent() ? whole.over(server.get()) : whole;
    }

    private static Optional<Charset> charset(Section entry) {
        String name = entry.text("charset");
        if (name.equals("auto")) {
            return Optional.empty();
        }
        try {
            Charset charset = Charset.forName(name);
            if (charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32")) {
                entry.problem(
                        "charset", "is not for lines", "leave it out: files with a byte order mark are recognised");
                return Optional.empty();
            }
            return Optional.of(charset);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            entry.problem("charset", "there is no character set \"" + name + "\"", "write auto, utf-8, gbk or gb18030");
            return Optional.empty();
        }
    }

    private static double rate(Section entry, String word) {
        int rate = entry.number(word);
        if (rate < 0) {
            entry.problem(word, rate + " is no rate", "write frames a second, or 0 for no limit");
        }
        return Math.max(0, rate);
    }

    private static List<String> allow(Section entry) {
        List<String> allow = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String prefix : entry.texts("allow")) {
            if (prefix(entry, "allow", prefix) && seen.add(prefix)) {
                allow.add(prefix);
            }
        }
        if (allow.size() > MOST_PREFIXES) {
            entry.problem("allow", "has more than " + MOST_PREFIXES + " entries", "join neighbouring prefixes");
        }
        return distinct(allow);
    }

    /** Two ways of writing one prefix are one. */
    private static List<String> distinct(List<String> prefixes) {
        PrefixMap.Builder<String> known = PrefixMap.builder();
        return prefixes.stream().filter(prefix -> known.put(prefix, prefix)).toList();
    }

    private static List<Intake.Peer> peers(Section entry) {
        List<Intake.Peer> peers = new ArrayList<>();
        PrefixMap.Builder<String> known = PrefixMap.builder();
        for (Section peer : entry.sections("peers")) {
            String address = peer.text("address");
            if (address.isEmpty() || !prefix(peer, "address", address)) {
                continue;
            }
            if (!known.put(address, address)) {
                peer.problem("address", "stands twice", "keep one entry");
                continue;
            }
            if (!peer.has("organization") && !peer.has("name")) {
                peer.problem("", "says nothing of its peers", "write organization, name or both");
            }
            peers.add(new Intake.Peer(address, peer.text("organization"), peer.text("name")));
        }
        if (peers.size() > MOST_PREFIXES) {
            entry.problem("peers", "has more than " + MOST_PREFIXES + " entries", "join neighbouring prefixes");
        }
        return peers;
    }

    private static boolean prefix(Section section, String word, String text) {
        try {
            return PrefixMap.<String>builder().put(text, text);
        } catch (IllegalArgumentException e) {
            section.problem(word, String.valueOf(e.getMessage()), "write such as 10.1.0.0/16 or 2001:db8::/32");
            return false;
        }
    }

    private static Optional<Multiline> multiline(Section entry) {
        if (!entry.has("multiline")) {
            return Optional.empty();
        }
        Section rule = entry.section("multiline");
        String text = rule.text("pattern");
        String match = rule.text("match");
        if (!rule.has("pattern")) {
            rule.problem("pattern", "is missing", "write such as '^\\s' for lines that begin with white space");
            return Optional.empty();
        }
        if (!match.equals("after") && !match.equals("before")) {
            rule.problem("match", "\"" + match + "\" is neither", "write after or before");
            return Optional.empty();
        }
        boolean negate = rule.flag("negate");
        Multiline.Match where = match.equals("after") ? Multiline.Match.AFTER : Multiline.Match.BEFORE;
        int lines = rule.number("maxLines");
        int seconds = rule.number("timeout");
        String word = "pattern";
        try {
            var pattern = Multiline.pattern(text);
            word = lines < 2 || lines > 2_000 ? "maxLines" : "timeout";
            return Optional.of(new Multiline(pattern, negate, where, lines, seconds * 1_000L));
        } catch (IllegalArgumentException e) {
            rule.problem(word, String.valueOf(e.getMessage()), "mend it");
            return Optional.empty();
        }
    }
}
