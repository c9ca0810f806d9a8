package org.wanglou.sensors.format.part;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;

/** The allowed words of ECS for category, type and outcome, and how vendors' words become them. Immutable. */
public final class Words {
    public static final List<String> AUTHENTICATION = List.of("authentication");
    public static final List<String> AUTHENTICATION_SESSION = List.of("authentication", "session");
    public static final List<String> CONFIGURATION = List.of("configuration");
    public static final List<String> DATABASE = List.of("database");
    public static final List<String> EMAIL = List.of("email");
    public static final List<String> FILE = List.of("file");
    public static final List<String> IAM = List.of("iam");
    public static final List<String> INTRUSION = List.of("intrusion_detection");
    public static final List<String> MALWARE = List.of("malware");
    public static final List<String> NETWORK = List.of("network");
    public static final List<String> NETWORK_INTRUSION = List.of("network", "intrusion_detection");
    public static final List<String> NETWORK_WEB = List.of("network", "web");
    public static final List<String> PROCESS = List.of("process");
    public static final List<String> SESSION = List.of("session");
    public static final List<String> WEB = List.of("web");

    public static final List<String> ACCESS = List.of("access");
    public static final List<String> ALLOWED = List.of("allowed");
    public static final List<String> CHANGE = List.of("change");
    public static final List<String> CONNECTION = List.of("connection");
    public static final List<String> CONNECTION_ALLOWED = List.of("connection", "allowed");
    public static final List<String> CONNECTION_DENIED = List.of("connection", "denied");
    public static final List<String> CONNECTION_START = List.of("connection", "start");
    public static final List<String> CONNECTION_END = List.of("connection", "end");
    public static final List<String> DENIED = List.of("denied");
    public static final List<String> END = List.of("end");
    public static final List<String> ERROR = List.of("error");
    public static final List<String> INFO = List.of("info");
    public static final List<String> PROTOCOL = List.of("protocol");
    public static final List<String> START = List.of("start");
    public static final List<String> USER_CREATION = List.of("creation", "user");
    public static final List<String> USER_CHANGE = List.of("change", "user");
    public static final List<String> USER_DELETION = List.of("deletion", "user");
    public static final List<String> GROUP_CREATION = List.of("creation", "group");
    public static final List<String> GROUP_CHANGE = List.of("change", "group");
    public static final List<String> GROUP_DELETION = List.of("deletion", "group");

    public static final String SUCCESS = "success";
    public static final String FAILURE = "failure";
    public static final String UNKNOWN = "unknown";

    private static final Map<String, Boolean> VERDICTS = Map.ofEntries(
            Map.entry("accept", true),
            Map.entry("accepted", true),
            Map.entry("allow", true),
            Map.entry("allowed", true),
            Map.entry("permit", true),
            Map.entry("permitted", true),
            Map.entry("pass", true),
            Map.entry("passed", true),
            Map.entry("passthrough", true),
            Map.entry("detected", true),
            Map.entry("detect", true),
            Map.entry("alert", true),
            Map.entry("log", true),
            Map.entry("monitor", true),
            Map.entry("built", true),
            Map.entry("close", true),
            Map.entry("start", true),
            Map.entry("允许", true),
            Map.entry("通过", true),
            Map.entry("放行", true),
            Map.entry("被记录", true),
            Map.entry("记录", true),
            Map.entry("告警", true),
            Map.entry("检测", true),
            Map.entry("deny", false),
            Map.entry("denied", false),
            Map.entry("drop", false),
            Map.entry("dropped", false),
            Map.entry("block", false),
            Map.entry("blocked", false),
            Map.entry("reject", false),
            Map.entry("rejected", false),
            Map.entry("prevent", false),
            Map.entry("reset", false),
            Map.entry("reset-client", false),
            Map.entry("reset-server", false),
            Map.entry("reset-both", false),
            Map.entry("drop-all-packets", false),
            Map.entry("sinkhole", false),
            Map.entry("block-url", false),
            Map.entry("block-ip", false),
            Map.entry("discard", false),
            Map.entry("client-rst", true),
            Map.entry("server-rst", true),
            Map.entry("timeout", true),
            Map.entry("拒绝", false),
            Map.entry("阻断", false),
            Map.entry("丢弃", false),
            Map.entry("拦截", false),
            Map.entry("封锁", false),
            Map.entry("阻止", false));

    private static final Map<String, String> OUTCOMES = Map.ofEntries(
            Map.entry("success", SUCCESS),
            Map.entry("successful", SUCCESS),
            Map.entry("succeeded", SUCCESS),
            Map.entry("succeed", SUCCESS),
            Map.entry("successfully", SUCCESS),
            Map.entry("ok", SUCCESS),
            Map.entry("yes", SUCCESS),
            Map.entry("0", SUCCESS),
            Map.entry("成功", SUCCESS),
            Map.entry("failure", FAILURE),
            Map.entry("failed", FAILURE),
            Map.entry("fail", FAILURE),
            Map.entry("error", FAILURE),
            Map.entry("no", FAILURE),
            Map.entry("denied", FAILURE),
            Map.entry("失败", FAILURE));

    private Words() {}

    /** {@code event.type} of a firewall's decision; unknown words stay a connection. */
    public static void verdict(Event.Builder event, String action) {
        Boolean allowed = VERDICTS.get(action.toLowerCase(Locale.ROOT));
        if (allowed != null) {
            event.set(Ecs.EVENT_TYPE, allowed ? CONNECTION_ALLOWED : CONNECTION_DENIED)
                    .set(Ecs.EVENT_OUTCOME, allowed ? SUCCESS : FAILURE);
        } else if (event.get(Ecs.EVENT_TYPE) == null) {
            event.set(Ecs.EVENT_TYPE, CONNECTION);
        }
    }

    /** {@code success}, {@code failure} or, for other words, {@code unknown}. */
    public static String outcome(String word) {
        return OUTCOMES.getOrDefault(word.trim().toLowerCase(Locale.ROOT), UNKNOWN);
    }

    /** {@code network.transport} and {@code network.iana_number} of a protocol's name or IANA number. */
    public static void transport(Event.Builder event, String protocol) {
        String name = protocol.toLowerCase(Locale.ROOT);
        String number = "";
        switch (name) {
            case "1", "icmp" -> {
                name = "icmp";
                number = "1";
            }
            case "6", "tcp" -> {
                name = "tcp";
                number = "6";
            }
            case "17", "udp" -> {
                name = "udp";
                number = "17";
            }
            case "2", "igmp" -> {
                name = "igmp";
                number = "2";
            }
            case "47", "gre" -> {
                name = "gre";
                number = "47";
            }
            case "50", "esp" -> {
                name = "esp";
                number = "50";
            }
            case "58", "ipv6-icmp", "icmp6", "icmpv6" -> {
                name = "ipv6-icmp";
                number = "58";
            }
            case "132", "sctp" -> {
                name = "sctp";
                number = "132";
            }
            default -> {
                if (Fill.absent(name) || name.length() > 20 || name.startsWith("unknown")) {
                    return;
                }
                if (Fill.whole(name) >= 0) {
                    event.set(Ecs.NETWORK_IANA, name);
                    return;
                }
            }
        }
        event.set(Ecs.NETWORK_TRANSPORT, name);
        if (!number.isEmpty()) {
            event.set(Ecs.NETWORK_IANA, number);
        }
    }

    /** Marks the event as one of a dataset; {@code event.module} is what stands before the dot. */
    public static void dataset(Event.Builder event, String dataset) {
        int dot = dataset.indexOf('.');
        event.set(Ecs.EVENT_DATASET, dataset)
                .set(Ecs.EVENT_MODULE, dot < 0 ? dataset : dataset.substring(0, dot))
                .set(Ecs.EVENT_KIND, "event");
    }

    /** Which device spoke. */
    public static void observer(Event.Builder event, String vendor, String product, String type) {
        event.set(Ecs.OBSERVER_VENDOR, vendor)
                .set(Ecs.OBSERVER_PRODUCT, product)
                .set(Ecs.OBSERVER_TYPE, type);
    }
}
