package org.wanglou.sensors.format.cn;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Words;

/**
 * Sangfor AF and AC, whose lines tell their kind first: {@code 日志类型:IPS防护日志, 源IP:192.0.2.1, 目的IP:…}, in English {@code Log
 * type: IPS, src IP: …}, on servers {@code 日志类型=…;平台ip=…}. Signs may be full-width. The vendor's own words for action and
 * severity stay as they are. Immutable.
 */
public final class Labelled implements Message {
    private static final Names NAMES = Names.common()
            .with(
                    "sangfor",
                    "@attack.type\t攻击类型;威胁类型;事件类型;攻击类别;病毒类型;attack type\n"
                            + "@attack\t漏洞名称;病毒名;病毒名称;攻击名称;事件名称;威胁名称\n"
                            + "rule.name\t规则名称;策略名称;规则名;policy name\n"
                            + "sangfor.af.app_type\t应用类型;服务类型;App Category\n"
                            + "sangfor.af.nat_type\tNAT类型\n"
                            + "network.application\t应用名称;应用;app name\n"
                            + "@time\t时间;登录时间;上报日期;发生时间\n"
                            + "sangfor.af.system\t所属系统\n"
                            + "process.executable\t程序路径\n"
                            + "@source\tUsername/Host\n"
                            + "wanglou.severity_text\tthreat level\n"
                            + "source.bytes\tOutbound\ndestination.bytes\tInbound\n"
                            + "wanglou.log_type\t日志类型;Log type\n");

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int from = begins(text);
        if (from < 0) {
            return false;
        }
        String body = text.substring(from);
        Written written = Written.of(body, NAMES);
        if (written.pairs().size() < 2) {
            return false;
        }
        event.set(Ecs.MESSAGE, body);
        Meaning.pairs(written, NAMES, "sangfor.af.", event, zone);
        Object kind = event.get(Ecs.EVENT_KIND);
        Words.dataset(event, "sangfor.af");
        Words.observer(event, "Sangfor", "AF", "firewall");
        Meaning.time(event, zone);
        finish(event, "alert".equals(kind));
        return true;
    }

    /** Where the kind of the log is told, or what stands in the same list before it. */
    private static int begins(String text) {
        int type = text.indexOf("日志类型");
        type = type < 0 ? text.indexOf("Log type:") : type;
        type = type < 0 ? text.indexOf("Log Type:") : type;
        if (type < 0 || type > 120) {
            return -1;
        }
        int system = text.indexOf("所属系统");
        return system >= 0 && system < type ? system : type;
    }

    private static void finish(Event.Builder event, boolean alert) {
        String type = event.get("wanglou.log_type") instanceof String word ? word : "";
        String action = event.get(Ecs.EVENT_ACTION) instanceof String word ? word : "";
        boolean attack = alert
                || event.get("wanglou.attack_type") != null
                || type.contains("防护")
                || type.contains("攻击")
                || type.contains("僵尸")
                || type.contains("APT")
                || type.contains("IPS")
                || type.contains("WAF");
        boolean system = type.contains("系统操作") || type.contains("管理") || event.get(Ecs.DESTINATION_IP) == null;
        if (attack) {
            event.set(Ecs.EVENT_KIND, "alert")
                    .set(
                            Ecs.EVENT_CATEGORY,
                            type.contains("病毒") ? List.of("network", "malware") : Words.NETWORK_INTRUSION);
            Meaning.verdict(event, action);
        } else if (system) {
            String said = event.get(Ecs.MESSAGE) instanceof String text ? text : "";
            boolean out = said.contains("注销") && type.contains("认证");
            boolean login =
                    out || action.contains("登录") || said.contains("登录") || said.contains("登陆") || type.contains("认证");
            event.set(Ecs.EVENT_CATEGORY, login ? Words.AUTHENTICATION : Words.CONFIGURATION)
                    .set(Ecs.EVENT_TYPE, out ? Words.END : login ? Words.START : Words.CHANGE)
                    .set(
                            Ecs.EVENT_OUTCOME,
                            said.contains("失败") ? Words.FAILURE : said.contains("成功") ? Words.SUCCESS : Words.UNKNOWN);
        } else {
            event.set(Ecs.EVENT_CATEGORY, Words.NETWORK);
            Meaning.verdict(event, action);
        }
    }
}
