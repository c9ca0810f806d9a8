package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Words;

/**
 * {@code key=value} of devices that have no format of their own (gateways, VPNs, audit systems): names that mean the same
 * with every vendor, English or Chinese, in whatever case and with whatever signs between their words; all others are kept
 * under {@code kv.}. Immutable.
 */
public final class KeyValue implements Message {
    private static final int MAX_PAIRS = 400;
    private final boolean strict;

    private KeyValue(boolean strict) {
        this.strict = strict;
    }

    /** By name: one pair is enough. */
    public static final Message ANY = new KeyValue(false);
    /** Among others: four pairs, none far from the start, two of them known and one an address. */
    public static final Message RECOGNISED = new KeyValue(true);

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int equals = text.indexOf('=');
        if (equals < 1 || strict && (equals > 80 || !certain(text, zone))) {
            return false;
        }
        int pairs = pairs(text, event, zone);
        if (pairs == 0) {
            return false;
        }
        finish(event);
        return true;
    }

    private static boolean certain(String text, ZoneId zone) {
        if (text.contains(" SRC=") || text.contains("audit(")) {
            return false;
        }
        Event.Builder aside = Event.builder();
        int pairs = pairs(text, aside, zone);
        int known = 0;
        for (var field : List.of(
                Ecs.SOURCE_PORT,
                Ecs.DESTINATION_IP,
                Ecs.USER_NAME,
                Ecs.EVENT_ACTION,
                Ecs.NETWORK_TRANSPORT,
                Ecs.EVENT_OUTCOME,
                Ecs.URL_ORIGINAL,
                Ecs.RULE_NAME,
                Ecs.TIMESTAMP)) {
            known += aside.get(field) == null ? 0 : 1;
        }
        return pairs >= 4 && known >= 1 && (aside.get(Ecs.SOURCE_IP) != null || aside.get(Ecs.DESTINATION_IP) != null);
    }

    private static int pairs(String text, Event.Builder event, ZoneId zone) {
        Pairs pairs = Pairs.of(text, 0);
        int count = 0;
        String date = "";
        String time = "";
        while (count < MAX_PAIRS && pairs.next()) {
            String key = pairs.key();
            if (key.length() > 64 || key.indexOf(' ') >= 0) {
                continue;
            }
            count++;
            String value = pairs.value();
            String plain = plain(key);
            if (plain.equals("date") || plain.equals("日期")) {
                date = value;
            } else if (plain.equals("time") || plain.equals("时间")) {
                time = value;
            } else {
                set(plain, key, value, event, zone);
            }
        }
        Clock.stamp(event, Clock.any((date + ' ' + time).strip(), zone));
        return count;
    }

    /** Small letters and digits alone: {@code Src-IP}, {@code src_ip} and {@code srcIp} are one name. */
    private static String plain(String key) {
        StringBuilder plain = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            if (Character.isLetterOrDigit(key.charAt(i))) {
                plain.append(key.charAt(i));
            }
        }
        return plain.toString().toLowerCase(Locale.ROOT);
    }

    private static void set(String plain, String key, String value, Event.Builder event, ZoneId zone) {
        if (Fill.absent(value)) {
            return;
        }
        switch (plain) {
            case "src",
                    "srcip",
                    "sip",
                    "sourceip",
                    "sourceaddress",
                    "srcaddr",
                    "srcaddress",
                    "saddr",
                    "sa",
                    "clientip",
                    "client",
                    "clientaddr",
                    "remoteip",
                    "remoteaddr",
                    "loginip",
                    "userip",
                    "attackip",
                    "attackerip",
                    "fromip",
                    "peerip",
                    "源ip",
                    "源地址",
                    "源ip地址",
                    "客户端ip",
                    "登录ip",
                    "攻击ip" -> Fill.sourceWithPort(event, value);
            case "dst",
                    "dstip",
                    "dip",
                    "destip",
                    "destinationip",
                    "destinationaddress",
                    "dstaddr",
                    "dstaddress",
                    "daddr",
                    "da",
                    "serverip",
                    "targetip",
                    "victimip",
                    "toip",
                    "目的ip",
                    "目的地址",
                    "目标ip",
                    "目的ip地址" -> Fill.destinationWithPort(event, value);
            case "sport", "srcport", "sourceport", "spt", "clientport", "源端口" ->
                Fill.number(event, Ecs.SOURCE_PORT, value);
            case "dport", "dstport", "destport", "destinationport", "dpt", "serverport", "目的端口", "目标端口" ->
                Fill.number(event, Ecs.DESTINATION_PORT, value);
            case "natsrcip", "srcnatip", "sourcenatip", "snatip", "transip", "natip", "sanat", "源nat地址" ->
                Fill.address(event, Ecs.SOURCE_NAT_IP, value);
            case "natsrcport", "srcnatport", "sourcenatport", "snatport", "transport", "natport" ->
                portOrTransport(value, event);
            case "natdstip", "dstnatip", "destinationnatip", "dnatip", "danat" ->
                Fill.address(event, Ecs.DESTINATION_NAT_IP, value);
            case "natdstport", "dstnatport", "destinationnatport", "dnatport" ->
                Fill.number(event, Ecs.DESTINATION_NAT_PORT, value);
            case "smac", "srcmac", "sourcemac", "clientmac" -> Fill.text(event, Ecs.SOURCE_MAC, Fill.mac(value));
            case "dmac", "dstmac", "destinationmac" -> Fill.text(event, Ecs.DESTINATION_MAC, Fill.mac(value));
            case "proto", "protocol", "ipproto", "协议" -> Words.transport(event, value);
            case "app", "appname", "application", "service", "应用" ->
                Fill.text(event, Ecs.NETWORK_APPLICATION, value.toLowerCase(Locale.ROOT));
            case "user",
                    "username",
                    "usrname",
                    "account",
                    "loginname",
                    "loginuser",
                    "uname",
                    "suser",
                    "用户",
                    "用户名",
                    "帐号",
                    "账号" -> Fill.text(event, Ecs.USER_NAME, value);
            case "action", "act", "op", "operation", "opt", "动作", "操作", "操作类型", "处理动作" ->
                Fill.text(event, Ecs.EVENT_ACTION, value);
            case "result", "outcome", "ret", "结果", "登录结果" -> event.set(Ecs.EVENT_OUTCOME, Words.outcome(value));
            case "reason", "failreason", "原因" -> Fill.text(event, Ecs.EVENT_REASON, value);
            case "url", "uri", "requesturl" -> Fill.url(event, value);
            case "domain", "httphost", "域名" -> Fill.text(event, Ecs.URL_DOMAIN, value);
            case "method", "httpmethod" -> Fill.text(event, Ecs.HTTP_METHOD, value);
            case "useragent", "ua" -> Fill.text(event, Ecs.USER_AGENT_ORIGINAL, value);
            case "ruleid", "policyid", "sigid", "sid", "策略id" -> Fill.text(event, Ecs.RULE_ID, value);
            case "rulename", "policyname", "policy", "rule", "策略", "策略名称" -> Fill.text(event, Ecs.RULE_NAME, value);
            case "attack",
                    "attackname",
                    "attacktype",
                    "threat",
                    "threatname",
                    "virus",
                    "virusname",
                    "eventname",
                    "signame",
                    "vulname",
                    "攻击",
                    "攻击类型",
                    "攻击名称",
                    "病毒名称",
                    "威胁名称",
                    "漏洞名称" -> {
                Fill.text(event, Ecs.RULE_NAME, value);
                event.set(Ecs.EVENT_KIND, "alert")
                        .set(
                                Ecs.EVENT_CATEGORY,
                                plain.contains("virus") || plain.contains("病毒")
                                        ? List.of("network", "malware")
                                        : Words.NETWORK_INTRUSION);
            }
            case "sent", "sentbyte", "sentbytes", "sendbytes", "txbytes", "bytesout" ->
                Fill.number(event, Ecs.SOURCE_BYTES, value);
            case "rcvd", "rcvdbyte", "rcvdbytes", "recvbytes", "rxbytes", "bytesin" ->
                Fill.number(event, Ecs.DESTINATION_BYTES, value);
            case "szone", "srczone", "sourcezone", "源区域", "源安全域" -> Fill.text(event, Ecs.INGRESS_ZONE, value);
            case "dzone", "dstzone", "destinationzone", "目的区域", "目的安全域" -> Fill.text(event, Ecs.EGRESS_ZONE, value);
            case "devname", "devicename", "dname", "dvchost", "fw", "hostname", "设备名称" ->
                Fill.text(event, Ecs.OBSERVER_NAME, value);
            case "msg", "message", "desc", "description", "描述", "详情" -> Fill.text(event, Ecs.MESSAGE, value);
            case "datetime", "timestamp", "logtime", "eventtime", "happentime", "starttime", "发生时间" ->
                Clock.stamp(event, Clock.any(value, zone));
            case "password", "passwd", "pwd", "密码", "口令" -> hide(key, value, event);
            default -> event.set("kv." + key.replace('.', '_'), value);
        }
    }

    /** A password is kept nowhere, not in the original line either. */
    private static void hide(String key, String value, Event.Builder event) {
        for (var field : List.of(Ecs.EVENT_ORIGINAL, Ecs.MESSAGE)) {
            if (event.get(field) instanceof String text) {
                event.set(
                        field,
                        text.replace(key + '=' + value, key + "=***")
                                .replace(key + "=\"" + value + '"', key + "=\"***\"")
                                .replace(key + "='" + value + '\'', key + "='***'"));
            }
        }
    }

    private static void portOrTransport(String value, Event.Builder event) {
        if (Fill.whole(value) >= 0) {
            Fill.number(event, Ecs.SOURCE_NAT_PORT, value);
        } else {
            Words.transport(event, value);
        }
    }

    private static void finish(Event.Builder event) {
        boolean alert = "alert".equals(event.get(Ecs.EVENT_KIND));
        Object outcome = event.get(Ecs.EVENT_OUTCOME);
        Words.dataset(event, "key_value");
        if (alert) {
            event.set(Ecs.EVENT_KIND, "alert");
        }
        String action = event.get(Ecs.EVENT_ACTION) instanceof String word ? word : "";
        String small = action.toLowerCase(Locale.ROOT);
        boolean login =
                small.contains("login") || small.contains("logon") || small.contains("auth") || action.contains("登录");
        boolean logout =
                small.contains("logout") || small.contains("logoff") || action.contains("注销") || action.contains("退出");
        if (!alert && event.get(Ecs.USER_NAME) != null && (login || logout)) {
            event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION).set(Ecs.EVENT_TYPE, logout ? Words.END : Words.START);
            return;
        }
        if (alert || event.get(Ecs.DESTINATION_IP) != null) {
            if (!alert) {
                event.set(Ecs.EVENT_CATEGORY, Words.NETWORK);
            }
            Words.verdict(event, action);
            if (outcome != null) {
                event.set(Ecs.EVENT_OUTCOME, outcome);
            }
        } else if (event.get(Ecs.USER_NAME) != null && !action.isEmpty()) {
            event.set(Ecs.EVENT_CATEGORY, Words.CONFIGURATION).set(Ecs.EVENT_TYPE, Words.CHANGE);
        }
    }
}
