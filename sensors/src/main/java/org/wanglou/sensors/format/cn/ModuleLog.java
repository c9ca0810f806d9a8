package org.wanglou.sensors.format.cn;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/**
 * The log of VRP and Comware, from which Huawei's and H3C's devices speak: {@code %%01MODULE/severity/BRIEF(l)[n]:text}.
 * {@code %%01} is Huawei's, {@code %%10} H3C's. The text's pairs are parted by commas or semicolons, H3C's keys carry a
 * number in brackets. {@code event.code} is module/severity/brief. Immutable.
 */
public final class ModuleLog implements Message {
    private static final Table FIELDS = Table.keeping("")
            .puts(
                    Put.SOURCE,
                    "source-ip",
                    "sourceip",
                    "srcip",
                    "srcipaddr",
                    "srcipv6addr",
                    "source",
                    "sourceaddress",
                    "src_ip",
                    "ipaddr",
                    "ipaddress",
                    "userip",
                    "useraddress",
                    "user-ip",
                    "ip",
                    "remoteip")
            .puts(
                    Put.DESTINATION,
                    "destination-ip",
                    "destinationip",
                    "dstip",
                    "dstipaddr",
                    "dstipv6addr",
                    "destination",
                    "dst_ip",
                    "destip")
            .puts(Put.SOURCE_PORT, "source-port", "sourceport", "srcport", "src_port")
            .puts(Put.DESTINATION_PORT, "destination-port", "destinationport", "dstport", "dst_port", "destport")
            .puts(Put.TRANSPORT, "protocol", "protocolname", "proto")
            .puts(Put.text(Ecs.SOURCE_NAT_IP), "sourcenatip", "natsrcipaddr", "source-nat-ip")
            .puts(Put.number(Ecs.SOURCE_NAT_PORT), "sourcenatport", "natsrcport", "source-nat-port")
            .puts(Put.text(Ecs.DESTINATION_NAT_IP), "destinationnatip", "natdstipaddr")
            .puts(Put.number(Ecs.DESTINATION_NAT_PORT), "destinationnatport", "natdstport")
            .puts(Put.mac(Ecs.SOURCE_MAC), "srcmacaddr", "source-mac", "sourcemac", "mac", "macaddr")
            .puts(Put.mac(Ecs.DESTINATION_MAC), "dstmacaddr", "destination-mac")
            .puts(Put.text(Ecs.INGRESS_ZONE), "source-zone", "srczone", "srczonename", "sourcezone")
            .puts(Put.text(Ecs.EGRESS_ZONE), "destination-zone", "dstzone", "dstzonename", "destinationzone")
            .puts(Put.text(Ecs.INGRESS_INTERFACE), "rcvifname", "in-interface", "source-interface", "ifname")
            .puts(Put.text(Ecs.EGRESS_INTERFACE), "sndifname", "out-interface")
            .puts(Put.text(Ecs.RULE_ID), "policy", "ruleid", "policy-id", "signid", "attackid")
            .puts(
                    Put.text(Ecs.RULE_NAME),
                    "rule-name",
                    "rulename",
                    "securitypolicy",
                    "policyname",
                    "signname",
                    "attackname",
                    "attacktype",
                    "hitparamname")
            .puts(Put.lower(Ecs.NETWORK_PROTOCOL), "application", "app", "appname", "applicationname")
            .puts(Put.text(Ecs.USER_NAME), "user", "username", "user-name", "useraccount", "aaa_user")
            .puts(Put.text(Ecs.EVENT_ACTION), "event", "action", "actions")
            .puts(Put.text(Ecs.RULE_CATEGORY), "category", "attackcategory", "subcategory", "threattype")
            .puts(Put.text(Ecs.EVENT_REASON), "reason", "offline reason", "failreason")
            .puts(Put.number(Ecs.SOURCE_BYTES), "sendbytes", "initbytecount", "sendbyte")
            .puts(Put.number(Ecs.DESTINATION_BYTES), "rcvbytes", "rplybytecount", "recvbyte")
            .puts(Put.number(Ecs.SOURCE_PACKETS), "sendpkts", "initpktcount")
            .puts(Put.number(Ecs.DESTINATION_PACKETS), "rcvpkts", "rplypktcount")
            .puts(Put.URL, "url", "httpurl", "realurl")
            .puts(Put.text(Ecs.URL_DOMAIN), "httphost", "host", "domainname")
            .puts(Put.text(Ecs.FILE_NAME), "filename")
            .puts(Put.text(Ecs.MESSAGE), "description")
            .puts(Put.text("wanglou.severity_text"), "severity", "threatseverity", "severitylevel")
            .puts(Put.NOTHING, "time", "ipver", "type");

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int mark = text.indexOf("%%");
        if (mark > 200 || mark < 0 && !bare(text)) {
            return false;
        }
        int module = mark < 0 ? 0 : mark + 2;
        while (mark >= 0
                && module < text.length()
                && module < mark + 4
                && (Character.isDigit(text.charAt(module)) || text.charAt(module) == '-')) {
            module++;
        }
        int slash = text.indexOf('/', module);
        int second = slash < 0 ? -1 : text.indexOf('/', slash + 1);
        if (second != slash + 2
                || slash - module > 32
                || slash == module
                || !Character.isDigit(text.charAt(slash + 1))) {
            return false;
        }
        int end = second + 1;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end))
                        || text.charAt(end) == '_'
                        || text.charAt(end) == '-')) {
            end++;
        }
        int colon = text.indexOf(':', end);
        if (colon < 0 || colon - end > 24 || end == second + 1) {
            return false;
        }
        boolean huawei = mark < 0 || text.startsWith("%%0", mark);
        String code = text.substring(module, end);
        String said = text.substring(colon + 1).strip();
        int level = text.charAt(slash + 1) - '0';
        Words.dataset(event, huawei ? "huawei.vrp" : "h3c.comware");
        event.set(Ecs.EVENT_CODE, code)
                .set(Ecs.EVENT_PROVIDER, text.substring(module, slash))
                .set(Ecs.EVENT_SEVERITY, (long) level)
                .set(Ecs.MESSAGE, said);
        boolean firewall = fields(said, huawei ? "huawei.usg." : "h3c.secpath.", event, zone);
        Words.observer(
                event,
                huawei ? "Huawei" : "H3C",
                huawei ? (firewall ? "USG" : "VRP") : firewall ? "SecPath" : "Comware",
                firewall ? "firewall" : "network");
        if (event.get(Ecs.HOST_NAME) != null) {
            event.set(Ecs.OBSERVER_NAME, event.get(Ecs.HOST_NAME));
        }
        what(text.substring(second + 1, end), said, event);
        return true;
    }

    /** Some releases leave the {@code %%01} out: then the text must begin with the module in capitals. */
    private static boolean bare(String text) {
        int at = 0;
        while (at < text.length()
                && at < 24
                && (text.charAt(at) >= 'A' && text.charAt(at) <= 'Z'
                        || text.charAt(at) == '_'
                        || text.charAt(at) >= '0' && text.charAt(at) <= '9')) {
            at++;
        }
        return at > 1
                && at + 3 < text.length()
                && text.charAt(at) == '/'
                && text.charAt(at + 2) == '/'
                && text.charAt(at + 3) >= 'A'
                && text.charAt(at + 3) <= 'Z';
    }

    /** Sets the text's pairs; true when they tell of a packet or session. */
    private static boolean fields(String said, String own, Event.Builder event, ZoneId zone) {
        String body = said;
        int open = said.indexOf(". (");
        if (open >= 0 || said.startsWith("(")) {
            body = said.substring(Math.max(open + 3, 1), said.endsWith(")") ? said.length() - 1 : said.length());
        }
        boolean semicolons = body.indexOf(")=") > 0
                || body.indexOf(';') > 0 && (body.indexOf(',') < 0 || body.indexOf(';') < body.indexOf(','));
        // "[USER_INFO_AUTHENTICATION]USER:li;IPADDRESS:192.0.2.1;": colons where no equals sign is
        boolean colons = body.indexOf('=') < 0 && semicolons && body.indexOf(':') > 0;
        int kind = colons && body.startsWith("[") ? body.indexOf(']') + 1 : 0;
        Pairs pairs = Pairs.parted(body, kind, colons ? ':' : '=', semicolons ? ';' : ',');
        while (pairs.next()) {
            String key = key(pairs.key());
            String value = pairs.value();
            value = value.endsWith(".") && !key.endsWith("ip") ? value.substring(0, value.length() - 1) : value;
            if (FIELDS.knows(key)) {
                FIELDS.set(event, key, value, zone);
            } else if (key.length() < 48 && key.indexOf(' ') < 0 && !key.isEmpty()) {
                Fill.text(event, own + key.replace('-', '_'), value);
            }
        }
        int zones = body.indexOf("interzone-");
        if (zones >= 0) {
            interzone(body.substring(zones + 10), event);
        }
        return event.get(Ecs.SOURCE_IP) != null && event.get(Ecs.DESTINATION_IP) != null;
    }

    /** {@code SrcIPAddr(1003)} is srcipaddr. */
    private static String key(String key) {
        int bracket = key.indexOf('(');
        int blank = key.lastIndexOf(' ');
        String plain = bracket > 0 ? key.substring(0, bracket) : key;
        plain = blank > 0 && bracket < 0 ? key.substring(blank + 1) : plain;
        return plain.strip().toLowerCase(Locale.ROOT);
    }

    /** {@code untrust(public)-dzsw(public) inbound}. */
    private static void interzone(String text, Event.Builder event) {
        int dash = text.indexOf(")-");
        int end = text.indexOf(' ');
        if (dash < 0 || end < dash) {
            return;
        }
        boolean inbound = text.startsWith("inbound", end + 1);
        Fill.text(event, Ecs.INGRESS_ZONE, text.substring(0, text.indexOf('(')));
        int open = text.indexOf('(', dash + 2);
        Fill.text(event, Ecs.EGRESS_ZONE, text.substring(dash + 2, open < 0 || open > end ? end : open));
        event.set(Ecs.NETWORK_DIRECTION, inbound ? "inbound" : "outbound");
    }

    private static void what(String brief, String said, Event.Builder event) {
        String upper = brief.toUpperCase(Locale.ROOT);
        String module = String.valueOf(event.get(Ecs.EVENT_PROVIDER)).toUpperCase(Locale.ROOT);
        boolean door = module.equals("SSH") || module.equals("TELNET") || module.equals("WEB") || module.equals("FTPS");
        if (door && upper.contains("FAIL")) {
            login(upper, said, event);
            return;
        }
        if (event.get(Ecs.EVENT_ACTION) instanceof String action) {
            // Comware puts the number of the event before its words: "(8)Session created"
            int number = action.startsWith("(") ? action.indexOf(')') + 1 : 0;
            String word = action.substring(number).toLowerCase(Locale.ROOT);
            event.set(Ecs.EVENT_ACTION, word).set(Ecs.EVENT_CATEGORY, Words.NETWORK);
            Words.verdict(event, word);
        } else if (upper.contains("DENY") || upper.contains("PERMIT")) {
            String word = upper.contains("DENY") ? "deny" : "permit";
            event.set(Ecs.EVENT_ACTION, word).set(Ecs.EVENT_CATEGORY, Words.NETWORK);
            Words.verdict(event, word);
        } else if (upper.contains("LOGIN")
                || upper.contains("LOGON")
                || upper.contains("AUTH")
                || upper.contains("ACCESSRESULT")
                || upper.contains("LOGOUT")) {
            login(upper, said, event);
            return;
        } else if (upper.startsWith("SESSION") || upper.contains("NAT")) {
            event.set(Ecs.EVENT_CATEGORY, Words.NETWORK)
                    .set(
                            Ecs.EVENT_TYPE,
                            upper.contains("TEARDOWN") || upper.contains("END")
                                    ? Words.CONNECTION_END
                                    : Words.CONNECTION);
        } else {
            event.set(Ecs.EVENT_TYPE, Words.INFO);
        }
        if (module.equals("IPS")
                || module.equals("AV")
                || module.equals("ATTACK")
                || module.equals("ATK")
                || module.equals("ANTI-VIR")
                || module.equals("WAF")
                || module.equals("ASSOC")
                || module.equals("ANTI-APT")
                || module.equals("APT")) {
            event.set(Ecs.EVENT_KIND, "alert")
                    .set(
                            Ecs.EVENT_CATEGORY,
                            module.startsWith("A") && !module.startsWith("AT") && !module.equals("APT")
                                    ? List.of("network", "malware")
                                    : Words.NETWORK_INTRUSION);
        }
    }

    private static void login(String brief, String said, Event.Builder event) {
        boolean failed = brief.contains("FAIL")
                || said.contains("failed")
                || said.contains("failure")
                || said.contains("RESULT:fail")
                || said.contains("失败");
        boolean end = brief.contains("LOGOUT");
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, end ? Words.END : failed ? Words.INFO : Words.START)
                .set(Ecs.EVENT_ACTION, end ? "logout" : "login")
                .set(Ecs.EVENT_OUTCOME, failed ? Words.FAILURE : Words.SUCCESS);
        // H3C: "admin login from 192.0.2.1"
        int from = said.indexOf(" from ");
        if (from > 0 && event.get(Ecs.SOURCE_IP) == null) {
            String rest = said.substring(from + 6);
            int cut = rest.indexOf(' ');
            int last = cut < 0 ? rest.length() : cut;
            while (last > 0 && ".,;)".indexOf(rest.charAt(last - 1)) >= 0) {
                last--;
            }
            String address = rest.substring(0, last);
            if (!Fill.canonical(address).isEmpty()) {
                Fill.source(event, address);
                user(said, event);
            }
        } else if (event.get(Ecs.SOURCE_IP) == null) {
            // Comware in Chinese: "admin 从 192.0.2.1 登录"
            for (String word : said.split("[ 从,，()（）]+", 24)) {
                if (!Fill.canonical(word).isEmpty()) {
                    Fill.source(event, word);
                    user(said, event);
                    break;
                }
            }
        }
    }

    /** "admin login from …", "User li of context c logged in from …", "admin 从 …". */
    private static void user(String said, Event.Builder event) {
        int from = said.startsWith("User ") ? 5 : said.startsWith("用户") ? 2 : 0;
        int blank = said.indexOf(' ', from);
        if (event.get(Ecs.USER_NAME) == null
                && blank > from
                && (from > 0 || said.indexOf("log", blank) == blank + 1 || said.indexOf('从', blank) == blank + 1)) {
            Fill.text(event, Ecs.USER_NAME, said.substring(from, blank));
        }
    }
}
