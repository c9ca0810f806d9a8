package org.wanglou.sensors.format.cn;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * What an event is, from the words in its fields: an attack, a sign-in, a decision about a packet, a change. The device's
 * own words for action and severity stay as they are. Pure.
 */
public final class Meaning {
    private static final String[] DENIES = {
        "拒绝",
        "阻断",
        "拦截",
        "丢弃",
        "禁止",
        "封禁",
        "封锁",
        "阻止",
        "隔离",
        "查杀",
        "清除",
        "deny",
        "denied",
        "block",
        "drop",
        "reject",
        "forbid",
        "prevent",
        "reset",
        "discard",
        "kill",
        "quarantine"
    };
    private static final String[] ALLOWS = {
        "允许", "放行", "通过", "记录", "告警", "检测", "监控", "审计", "仅记录", "allow", "permit", "accept", "pass", "detect", "alert",
        "monitor", "log"
    };
    private static final String[] SUCCEEDS = {"成功", "通过", "正确", "success", "succeed", "完成"};
    private static final String[] FAILS = {
        "失败", "错误", "拒绝", "不存在", "锁定", "fail", "error", "incorrect", "denied", "invalid"
    };
    private static final String[] IN = {
        "登录", "登陆", "登入", "认证", "上线", "login", "logon", "logged in", "auth", "sign in", "online"
    };
    private static final String[] OUT = {"注销", "登出", "退出", "下线", "logout", "logoff", "logged out", "offline"};
    private static final String[] CHANGES = {"编辑", "修改", "添加", "新增", "删除", "配置", "modify", "delete", "configur"};
    private static final List<String> NETWORK_MALWARE = List.of("network", "malware");

    private Meaning() {}

    static boolean denies(String word) {
        String small = word.toLowerCase(Locale.ROOT);
        return !small.startsWith("未") && !small.startsWith("不") && !small.startsWith("not ") && any(small, DENIES);
    }

    /** Success, failure or unknown of a result's word, of which there are many. */
    static String outcome(String word) {
        String known = Words.outcome(word);
        if (!known.equals(Words.UNKNOWN)) {
            return known;
        }
        long code = Fill.whole(word);
        if (code > 199 && code < 600) {
            return code < 400 ? Words.SUCCESS : Words.FAILURE; // HTTP and SMTP
        }
        String small = word.toLowerCase(Locale.ROOT);
        return any(small, FAILS) || small.contains("未成功")
                ? Words.FAILURE
                : any(small, SUCCEEDS) ? Words.SUCCESS : denies(small) ? Words.FAILURE : Words.UNKNOWN;
    }

    private static boolean any(String text, String[] words) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Sets the pairs; the text stays the message when no pair is one. */
    static void pairs(Written written, Names names, String prefix, Event.Builder event, ZoneId zone) {
        boolean told = false;
        for (Written.Pair pair : written.pairs()) {
            if (!told && names.message(pair.name()) && !Targets.nothing(pair.value())) {
                event.set(Ecs.MESSAGE, pair.value());
                told = true;
            } else {
                names.set(event, prefix, pair.name(), pair.value(), zone);
            }
        }
    }

    /** Completes an event whose pairs are set. */
    public static void finish(Event.Builder event, ZoneId zone) {
        time(event, zone);
        String action = word(event, Ecs.EVENT_ACTION.name());
        String type = (word(event, "wanglou.log_type") + ' ' + word(event, "wanglou.event_name") + ' ' + action)
                .toLowerCase(Locale.ROOT);
        String said = word(event, Ecs.MESSAGE.name());
        boolean alert = "alert".equals(event.get(Ecs.EVENT_KIND)) || attack(type, event);
        boolean user = event.get(Ecs.USER_NAME) != null;
        boolean flow = event.get(Ecs.DESTINATION_IP) != null;
        if (alert) {
            alert(event, type, action);
        } else if (event.get("email.from.address") != null || event.get("email.to.address") != null) {
            event.set(Ecs.EVENT_CATEGORY, Words.EMAIL).set(Ecs.EVENT_TYPE, Words.INFO);
        } else if (user && any(type, OUT)) {
            signIn(event, said, Words.END);
        } else if ((user || !flow) && any(type, IN) || user && !flow && action.isEmpty() && any(said, IN)) {
            signIn(event, said, any(type, OUT) ? Words.END : Words.START);
        } else if (flow) {
            Object outcome = event.get(Ecs.EVENT_OUTCOME);
            event.set(Ecs.EVENT_CATEGORY, Words.NETWORK);
            verdict(event, action);
            event.set(Ecs.EVENT_OUTCOME, outcome == null ? event.get(Ecs.EVENT_OUTCOME) : outcome);
        } else if (user
                && (!action.isEmpty()
                        || any(type, new String[] {"操作", "管理", "配置", "审计", "mgmt", "config"})
                        || any(said, CHANGES))) {
            event.set(Ecs.EVENT_CATEGORY, Words.CONFIGURATION).set(Ecs.EVENT_TYPE, Words.CHANGE);
        } else {
            event.set(Ecs.EVENT_TYPE, Words.INFO);
        }
    }

    private static boolean attack(String type, Event.Builder event) {
        return event.get(Ecs.SOURCE_IP) != null
                && any(type, new String[] {
                    "攻击",
                    "入侵",
                    "防护",
                    "威胁",
                    "病毒",
                    "木马",
                    "僵尸",
                    "漏洞",
                    "webshell",
                    "ips",
                    "waf",
                    "扫描",
                    "virus",
                    "attack",
                    "intrusion",
                    "malware",
                    "botnet",
                    "exploit",
                    "threat"
                });
    }

    private static void alert(Event.Builder event, String type, String action) {
        boolean virus = any(type, new String[] {"病毒", "virus", "malware", "恶意软件", "查杀"});
        event.set(Ecs.EVENT_KIND, "alert");
        if (event.get(Ecs.EVENT_CATEGORY) == null) {
            event.set(Ecs.EVENT_CATEGORY, virus ? NETWORK_MALWARE : Words.NETWORK_INTRUSION);
        }
        if (event.get(Ecs.RULE_NAME) == null) {
            Object kind = event.get("wanglou.attack_type");
            event.set(Ecs.RULE_NAME, kind == null ? event.get("wanglou.event_name") : kind);
        }
        if (event.get(Ecs.RULE_ID) == null && event.get(Ecs.RULE_NAME) instanceof String name && name.startsWith("[")) {
            int close = name.indexOf(']');
            event.set(Ecs.RULE_ID, close > 1 && close < 16 ? name.substring(1, close) : null);
        }
        Object outcome = event.get(Ecs.EVENT_OUTCOME);
        verdict(event, action);
        if (action.isEmpty() && outcome != null) {
            event.set(Ecs.EVENT_OUTCOME, outcome);
        }
    }

    private static void signIn(Event.Builder event, String said, List<String> type) {
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION).set(Ecs.EVENT_TYPE, type);
        Object told = event.get(Ecs.EVENT_OUTCOME);
        if (told == null || told.equals(Words.UNKNOWN)) {
            String action = outcome(word(event, Ecs.EVENT_ACTION.name()));
            event.set(Ecs.EVENT_OUTCOME, action.equals(Words.UNKNOWN) ? outcome(said) : action);
        }
    }

    /** {@code event.type} of a decision, also of one in several words: {@code 阻断并告警}, {@code 已放行}. */
    static void verdict(Event.Builder event, String action) {
        Words.verdict(event, action);
        if (event.get(Ecs.EVENT_TYPE) != Words.CONNECTION_ALLOWED
                && event.get(Ecs.EVENT_TYPE) != Words.CONNECTION_DENIED) {
            String small = action.toLowerCase(Locale.ROOT);
            if (denies(small)) {
                Words.verdict(event, "deny");
            } else if (any(small, ALLOWS) || small.startsWith("未")) {
                Words.verdict(event, "allow");
            }
        }
    }

    /** Sets the time of a day and a clock that stood apart. */
    static void time(Event.Builder event, ZoneId zone) {
        String day = word(event, Targets.DAY);
        String clock = word(event, Targets.CLOCK);
        if (event.get(Targets.TIME_READ) == null || !clock.isEmpty()) {
            Clock.stamp(event, Clock.any((day + ' ' + clock).strip(), zone));
        }
        event.set(Targets.DAY, null).set(Targets.CLOCK, null).set(Targets.TIME_READ, null);
    }

    private static String word(Event.Builder event, String field) {
        Object value = event.get(field);
        return value instanceof String text ? text : "";
    }
}
