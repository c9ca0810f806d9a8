package org.wanglou.sensors.format.cn;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Words;

/** Where the values of named fields go: a field of ECS by its type, or a way to read them that begins with {@code @}. Pure. */
final class Targets {
    private static final Set<String> TRANSPORTS = Set.of(
            "tcp", "udp", "icmp", "icmpv6", "icmp6", "ipv6-icmp", "igmp", "gre", "esp", "sctp", "ah", "ospf", "vrrp");

    private Targets() {}

    /** The target of a name in a table; null when there is none. */
    static Names.@Nullable Target of(String target) {
        return switch (target) {
            case "@source" ->
                new Names.Target(Ecs.SOURCE_ADDRESS.name(), (event, value, zone) -> side(event, value, true));
            case "@destination" ->
                new Names.Target(Ecs.DESTINATION_ADDRESS.name(), (event, value, zone) -> side(event, value, false));
            case "@nat.source" ->
                new Names.Target(Ecs.SOURCE_NAT_IP.name(), (event, value, zone) -> nat(event, value, true));
            case "@nat.destination" ->
                new Names.Target(Ecs.DESTINATION_NAT_IP.name(), (event, value, zone) -> nat(event, value, false));
            case "@transport" -> new Names.Target("", (event, value, zone) -> transport(event, value));
            case "@application" ->
                new Names.Target(
                        Ecs.NETWORK_APPLICATION.name(),
                        (event, value, zone) ->
                                Fill.text(event, Ecs.NETWORK_APPLICATION, value.toLowerCase(Locale.ROOT)));
            case "@action" -> new Names.Target(Ecs.EVENT_ACTION.name(), Put.text(Ecs.EVENT_ACTION));
            case "@outcome" -> new Names.Target("", (event, value, zone) -> outcome(event, value));
            case "@url" -> new Names.Target(Ecs.URL_ORIGINAL.name(), (event, value, zone) -> url(event, value));
            case "@attack" ->
                new Names.Target(
                        Ecs.RULE_NAME.name(), (event, value, zone) -> attack(event, value, Words.NETWORK_INTRUSION));
            case "@virus" ->
                new Names.Target(Ecs.RULE_NAME.name(), (event, value, zone) -> attack(event, value, NETWORK_MALWARE));
            case "@attack.type" -> new Names.Target("wanglou.attack_type", (event, value, zone) -> kind(event, value));
            case "@event" -> new Names.Target("wanglou.event_name", Put.text("wanglou.event_name"));
            case "@severity" -> new Names.Target("wanglou.severity_text", Put.text("wanglou.severity_text"));
            case "@time" ->
                new Names.Target("wanglou.time_read", (event, value, zone) -> {
                    if (event.get(TIME_READ) == null) {
                        stamp(event, Clock.any(value, zone));
                    }
                });
            case "@day" -> new Names.Target(DAY, (event, value, zone) -> event.set(DAY, value));
            case "@clock" -> new Names.Target(CLOCK, (event, value, zone) -> event.set(CLOCK, value));
            case "@secret" -> SECRET;
            case "@nothing" -> new Names.Target("", Put.NOTHING);
            case "source.mac", "destination.mac" ->
                new Names.Target(target, Put.mac(Ecs.named(target).orElseThrow()));
            case "observer.ip" ->
                new Names.Target(target, (event, value, zone) -> Fill.text(event, target, Fill.canonical(value)));
            case "email.from.address", "email.to.address" -> new Names.Target(target, addresses(target));
            case "@terminal" -> new Names.Target("", (event, value, zone) -> terminal(event, value));
            case "network.protocol" -> new Names.Target(target, Put.lower(Ecs.NETWORK_PROTOCOL));
            default -> target.startsWith("@") ? null : field(target);
        };
    }

    /** A password. */
    static final Names.Target SECRET = new Names.Target("", Put.NOTHING);

    static final String DAY = "wanglou.day";
    static final String CLOCK = "wanglou.clock";
    static final String TIME_READ = "wanglou.time_read";
    private static final List<String> NETWORK_MALWARE = List.of("network", "malware");

    /** A URL, also one without scheme: {@code www.example.cn/a?b=1}. */
    private static void url(Event.Builder event, String value) {
        int end = 0;
        while (end < value.length() && "/?#".indexOf(value.charAt(end)) < 0) {
            end++;
        }
        String host = value.substring(0, end);
        String last = host.substring(host.lastIndexOf('.') + 1);
        boolean file =
                last.startsWith("php") || last.startsWith("jsp") || last.startsWith("asp") || last.startsWith("htm");
        boolean bare = end > 0 && host.indexOf('.') > 0 && host.indexOf('@') < 0 && !file && value.indexOf("://") < 0;
        Fill.url(event, bare ? "http://" + value : value);
        if (bare) {
            event.set(Ecs.URL_ORIGINAL, value).set("url.scheme", null);
        }
    }

    /** {@code name(00:16:3e:00:00:01/192.0.2.1)}. */
    private static void terminal(Event.Builder event, String value) {
        int open = value.lastIndexOf('(');
        int slash = value.lastIndexOf('/');
        if (open > 0 && slash > open && value.endsWith(")")) {
            Fill.text(event, "source.domain", value.substring(0, open));
            Fill.text(event, Ecs.SOURCE_MAC, Fill.mac(value.substring(open + 1, slash)));
            String ip = value.substring(slash + 1, value.length() - 1);
            if (!Fill.canonical(ip).isEmpty()) {
                Fill.source(event, ip);
            }
        }
    }

    /** Mail addresses, in angle brackets or not, parted by commas, semicolons or blanks. */
    private static Put addresses(String target) {
        return (event, value, zone) -> {
            for (String one : value.split("[,; <>]+", 40)) {
                if (one.indexOf('@') > 0) {
                    Fill.add(event, target, one);
                }
            }
        };
    }

    private static Names.Target field(String target) {
        Put put = named(target);
        return new Names.Target(target, (event, value, zone) -> put.text(event, first(target, value), zone));
    }

    /** How a target reads its values, for tables. */
    static Put named(String target) {
        Names.Target known = target.startsWith("@") ? of(target) : null;
        if (known != null) {
            return known.put();
        }
        return target.equals("http.response.status_code") || target.endsWith(".port") || target.endsWith(".bytes")
                ? Ecs.named(target).map(Put::number).orElse(Put.number(target))
                : Put.text(target);
    }

    /** Numbers may have a unit or words behind them. */
    private static String first(String target, String value) {
        int bracket = value.endsWith(")") && target.startsWith("user.") ? value.indexOf('(') : -1;
        if (bracket > 0) {
            return value.substring(0, bracket); // account(name)
        }
        int blank = value.indexOf(' ');
        boolean number = target.endsWith(".port") || target.endsWith(".bytes") || target.endsWith("packets");
        return number && blank > 0 ? value.substring(0, blank) : value;
    }

    /** True for what stands for no value. */
    static boolean nothing(String value) {
        return value.isBlank()
                || Fill.absent(value)
                || value.equalsIgnoreCase("null")
                || value.equalsIgnoreCase("nil")
                || value.equals("**")
                || value.equals("[]");
    }

    static void stamp(Event.Builder event, long millis) {
        if (millis != Clock.NONE) {
            event.set(Ecs.TIMESTAMP, millis).set(TIME_READ, "1");
        }
    }

    /** An address, with its port or a name in brackets behind it; of several the first. What is none sets nothing. */
    private static void side(Event.Builder event, String value, boolean source) {
        int cut = 0;
        while (cut < value.length() && ", ;(（\t".indexOf(value.charAt(cut)) < 0) {
            cut++;
        }
        String text = value.substring(0, cut);
        Event.Builder aside = Event.builder();
        Fill.sourceWithPort(aside, text);
        boolean ip = aside.get(Ecs.SOURCE_IP) != null;
        if (!ip && cut < value.length() && (value.charAt(cut) == '(' || value.charAt(cut) == '（')) {
            // server=web-1(10.1.1.5)
            int close = Math.max(value.indexOf(')', cut), value.indexOf('）', cut));
            String inner = close < 0 ? "" : value.substring(cut + 1, close);
            if (!Fill.canonical(inner).isEmpty()) {
                text = inner;
                ip = true;
            }
        }
        if (!ip && (text.indexOf('.') <= 0 || !letters(text))) {
            return;
        }
        if (source) {
            Fill.sourceWithPort(event, text);
        } else {
            Fill.destinationWithPort(event, text);
        }
    }

    private static boolean letters(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isLetter(text.charAt(i)) && text.charAt(i) < 128) {
                return text.indexOf('/') < 0;
            }
        }
        return false;
    }

    private static void nat(Event.Builder event, String value, boolean source) {
        Event.Builder aside = Event.builder();
        Fill.sourceWithPort(aside, value);
        Object ip = aside.get(Ecs.SOURCE_IP);
        if (ip == null || ip.equals("0.0.0.0") || ip.equals("::")) {
            return;
        }
        event.set(source ? Ecs.SOURCE_NAT_IP : Ecs.DESTINATION_NAT_IP, ip);
        if (aside.get(Ecs.SOURCE_PORT) != null) {
            event.set(source ? Ecs.SOURCE_NAT_PORT : Ecs.DESTINATION_NAT_PORT, aside.get(Ecs.SOURCE_PORT));
        }
    }

    /** A transport's name or number; {@code TCP.HTTP} and {@code IPPROTO_TCP} are tcp, {@code HTTP} alone is no transport. */
    private static void transport(Event.Builder event, String value) {
        String name = value.toLowerCase(Locale.ROOT);
        name = name.startsWith("ipproto_") ? name.substring(8) : name.startsWith("null_") ? name.substring(5) : name;
        int cut = 0;
        while (cut < name.length() && (Character.isLetterOrDigit(name.charAt(cut)) || name.charAt(cut) == '-')) {
            cut++;
        }
        String first = name.substring(0, cut);
        long number = Fill.whole(first);
        if (TRANSPORTS.contains(first) || number > 0 && number < 256) {
            if (event.get(Ecs.NETWORK_TRANSPORT) == null) {
                Words.transport(event, first);
            }
            if (cut + 1 < name.length() && name.charAt(cut) == '.') {
                Fill.text(event, Ecs.NETWORK_PROTOCOL, name.substring(cut + 1));
            }
        } else if (number < 0 && !first.isEmpty() && first.length() <= 32 && !first.startsWith("unknown")) {
            Fill.text(event, Ecs.NETWORK_PROTOCOL, first);
        }
    }

    private static void outcome(Event.Builder event, String value) {
        String known = Meaning.outcome(value);
        if (!known.equals(Words.UNKNOWN) || event.get(Ecs.EVENT_OUTCOME) == null) {
            event.set(Ecs.EVENT_OUTCOME, known);
        }
        if (Meaning.denies(value) && event.get(Ecs.EVENT_ACTION) == null) {
            event.set(Ecs.EVENT_ACTION, value);
        }
    }

    /** What was seen: the rule's name. */
    private static void attack(Event.Builder event, String value, List<String> category) {
        if (!value.equals("0") && !value.equals("无")) {
            event.set(Ecs.EVENT_KIND, "alert").set(Ecs.EVENT_CATEGORY, category).set(Ecs.RULE_NAME, value);
        }
    }

    private static void kind(Event.Builder event, String value) {
        if (!value.equals("0") && !value.equals("无")) {
            event.set(Ecs.EVENT_KIND, "alert").set("wanglou.attack_type", value).set(Ecs.RULE_CATEGORY, value);
        }
    }
}
