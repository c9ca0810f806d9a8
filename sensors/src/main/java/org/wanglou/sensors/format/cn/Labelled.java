package org.wanglou.sensors.format.cn;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/**
 * Logs whose fields are labelled in Chinese, as Sangfor AF, AC and others write them: {@code 日志类型:IPS防护日志,
 * 源IP:192.0.2.1, 目的IP:…}. Colons and commas may be full-width. The vendor's own words for action and severity stay as
 * they are. Immutable.
 */
public final class Labelled implements Message {
    private static final Put SEVERITY = Put.text("wanglou.severity_text");
    private static final Put ATTACK = Put.both(Put.text(Ecs.RULE_CATEGORY), Put.text("wanglou.attack_type"));

    private static final Table FIELDS = Table.keeping("sangfor.af.")
            .puts(Put.SOURCE, "源IP", "源ip", "源IP地址", "源地址", "IP地址", "登录IP", "用户IP", "客户端IP", "攻击IP", "攻击者IP", "攻击源")
            .puts(Put.DESTINATION, "目的IP", "目的ip", "目标IP", "目的IP地址", "目的地址", "目标地址", "服务器IP", "受害者IP", "被攻击IP")
            .puts(Put.SOURCE_PORT, "源端口", "攻击端口")
            .puts(Put.DESTINATION_PORT, "目的端口", "目标端口", "服务端口")
            .puts(Put.TRANSPORT, "协议", "协议类型", "传输协议")
            .puts(Put.text(Ecs.SOURCE_NAT_IP), "转换后的IP", "转换后源IP", "转换后源地址", "NAT源IP", "源NAT IP")
            .puts(Put.number(Ecs.SOURCE_NAT_PORT), "转换后的端口", "转换后源端口", "NAT源端口")
            .puts(Put.text(Ecs.DESTINATION_NAT_IP), "转换后目的IP", "NAT目的IP")
            .puts(Put.number(Ecs.DESTINATION_NAT_PORT), "转换后目的端口", "NAT目的端口")
            .puts(Put.mac(Ecs.SOURCE_MAC), "源MAC", "源mac", "MAC地址")
            .puts(Put.mac(Ecs.DESTINATION_MAC), "目的MAC")
            .puts(Put.text(Ecs.USER_NAME), "用户", "用户名", "账号", "管理员", "登录用户", "操作员", "操作用户")
            .puts(Put.text(Ecs.EVENT_ACTION), "系统动作", "动作", "处理动作", "响应动作", "执行动作", "处置动作", "操作类型")
            .puts(ATTACK, "攻击类型", "威胁类型", "事件类型", "攻击类别", "病毒类型")
            .puts(SEVERITY, "严重级别", "严重等级", "威胁等级", "威胁级别", "风险等级", "危险级别", "级别", "危险等级")
            .puts(Put.text(Ecs.RULE_NAME), "漏洞名称", "规则名称", "策略名称", "规则名", "病毒名", "病毒名称", "攻击名称", "事件名称", "威胁名称")
            .puts(Put.text(Ecs.RULE_ID), "规则ID", "策略ID", "规则id", "漏洞ID")
            .puts(Put.text(Ecs.NETWORK_APPLICATION), "应用名称", "应用")
            .puts(Put.text("sangfor.af.app_type"), "应用类型", "服务类型")
            .puts(Put.text("wanglou.log_type"), "日志类型")
            .puts(Put.URL, "URL", "url", "网址", "URL地址", "访问URL")
            .puts(Put.text(Ecs.URL_DOMAIN), "域名", "主机名", "网站域名", "HOST")
            .puts(Put.text(Ecs.HTTP_METHOD), "请求方法", "请求方式")
            .puts(Put.text(Ecs.FILE_NAME), "文件名", "文件名称")
            .puts(Put.text(Ecs.MESSAGE), "描述", "事件描述", "详细信息", "内容")
            .puts(Put.number(Ecs.SOURCE_BYTES), "发送字节", "上行流量", "发送字节数")
            .puts(Put.number(Ecs.DESTINATION_BYTES), "接收字节", "下行流量", "接收字节数")
            .puts(Put.text(Ecs.INGRESS_ZONE), "源区域", "源安全域")
            .puts(Put.text(Ecs.EGRESS_ZONE), "目的区域", "目的安全域")
            .puts(
                    (event, value, zone) -> Clock.stamp(event, Clock.any(value, zone)),
                    "时间",
                    "发生时间",
                    "攻击时间",
                    "记录时间",
                    "日志时间");

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int from = begins(text);
        if (from < 0) {
            return false;
        }
        String body = text.substring(from).replace('：', ':').replace('，', ',').replace('；', ';');
        char equals =
                body.indexOf(':') < 0 || body.indexOf('=') >= 0 && body.indexOf('=') < body.indexOf(':') ? '=' : ':';
        char separator = body.indexOf(',') >= 0 ? ',' : body.indexOf(';') >= 0 ? ';' : ' ';
        Pairs pairs = separator == ' ' ? Pairs.spaced(body, 0, equals) : Pairs.parted(body, 0, equals, separator);
        event.set(Ecs.MESSAGE, text.substring(from));
        while (pairs.next()) {
            FIELDS.set(event, pairs.key(), pairs.value(), zone);
        }
        boolean sangfor = text.contains("日志类型");
        Words.dataset(event, sangfor ? "sangfor.af" : "labelled.log");
        Words.observer(event, sangfor ? "Sangfor" : "", sangfor ? "AF" : "", "firewall");
        finish(event);
        return true;
    }

    private static int begins(String text) {
        int type = text.indexOf("日志类型");
        if (type >= 0 && type < 80) {
            return type;
        }
        int source = text.indexOf("源IP");
        source = source < 0 ? text.indexOf("源地址") : source;
        if (source < 0 || text.indexOf("目的", source) < 0 && text.indexOf("目标", source) < 0) {
            return -1;
        }
        // other labels may stand before the source's: the first of the run of Chinese letters begins it
        int at = source;
        int cut = Math.max(text.lastIndexOf("]: ", source), -1);
        return cut >= 0 ? cut + 3 : source > 200 ? at : first(text, source);
    }

    private static int first(String text, int source) {
        for (int i = 0; i < source; i++) {
            if (text.charAt(i) >= '\u4e00' && text.charAt(i) <= '\u9fff') {
                return i;
            }
        }
        return source;
    }

    private static void finish(Event.Builder event) {
        String type = event.get("wanglou.log_type") instanceof String word ? word : "";
        String action = event.get(Ecs.EVENT_ACTION) instanceof String word ? word : "";
        boolean attack = event.get("wanglou.attack_type") != null
                || type.contains("防护")
                || type.contains("IPS")
                || type.contains("WAF");
        boolean system = type.contains("系统") || type.contains("管理") || event.get(Ecs.DESTINATION_IP) == null;
        if (attack) {
            event.set(Ecs.EVENT_KIND, "alert")
                    .set(
                            Ecs.EVENT_CATEGORY,
                            type.contains("病毒") ? List.of("network", "malware") : Words.NETWORK_INTRUSION);
            Words.verdict(event, action);
        } else if (system) {
            String said = event.get(Ecs.MESSAGE) instanceof String text ? text : "";
            boolean login = action.contains("登录") || said.contains("登录") || said.contains("登陆");
            event.set(Ecs.EVENT_CATEGORY, login ? Words.AUTHENTICATION : Words.CONFIGURATION)
                    .set(Ecs.EVENT_TYPE, login ? Words.START : Words.CHANGE)
                    .set(
                            Ecs.EVENT_OUTCOME,
                            said.contains("失败") ? Words.FAILURE : said.contains("成功") ? Words.SUCCESS : Words.UNKNOWN);
        } else {
            event.set(Ecs.EVENT_CATEGORY, Words.NETWORK);
            Words.verdict(event, action);
        }
    }
}
