package org.wanglou.sensors.format.cn;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Words;

/**
 * QiAnXin SkyEye's alerts as columns parted by {@code |!}: {@code webids_alert|!serial|!rule|!…}, of which there are four
 * kinds with the columns of the vendor's syslog description. Immutable.
 */
public final class SkyEye implements Message {
    private static final Sheet PAIRS = Sheet.of("skyeye");
    private static final String PREFIX = "qianxin.skyeye.";
    private static final Map<String, String[]> COLUMNS = Map.of(
            "webids_alert",
            columns(
                    "alert_type,serialno,rule_id,rule_name,write_date,vuln_type,sip,sport,dip,dport,severity,host,parameter,"
                            + "uri,filename,referer,method,vuln_desc,-,-,-,confidence,victim_type,attack_flag,attacker,victim,"
                            + "attack_result,kill_chain,code_language,-,rule_version,xff"),
            "webshell_alert",
            columns("alert_type,serialno,rule_id,host,uri,file_md5,sip,sport,dip,dport,vuln_type,write_date,severity,"
                    + "vuln_desc,-,confidence,file_dir,victim_type,attack_flag,attacker,victim,attack_result,kill_chain,"
                    + "rule_name"),
            "ips_alert",
            columns("alert_type,serialno,rule_id,rule_name,write_date,vuln_type,sip,sport,dip,dport,severity,info_id,"
                    + "affected_system,protocol_id,attack_method,appid,vuln_desc,-,confidence,victim_type,attack_flag,"
                    + "attacker,victim,cnnvd,attack_result,kill_chain,rule_version"),
            "ioc_alert",
            columns("alert_type,serialno,rule_id,host,uri,file_md5,sip,sport,dip,dport,write_date,severity,confidence,"
                    + "file_dir,attacker,victim,vuln_type,rule_name,ioc,ioc_type,proto,tproto,dns_type,dns_a,file_name,"
                    + "malicious_family,campaign,targeted,platform"));
    private static final Names NAMES = Names.common()
            .with(
                    "columns",
                    "@time\twrite_date\n@attack.type\tvuln_type\n@attack\trule_name\nmessage\tvuln_desc\n@severity\tseverity\n"
                            + "event.code\talert_type\nwanglou.attack_result\tattack_result\nfile.hash.md5\tfile_md5\n"
                            + "destination.domain\thost\nnetwork.protocol\tproto\n@transport\ttproto;protocol_id\n"
                            + "http.request.referrer\treferer\n");

    private static String[] columns(String names) {
        return names.split(",");
    }

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int bar = text.indexOf("|!");
        int from = bar < 0 ? -1 : text.lastIndexOf(' ', bar) + 1;
        String[] columns = bar < 0 || from > 200 ? null : COLUMNS.get(text.substring(from, bar));
        if (columns == null) {
            return PAIRS.read(text, event, zone);
        }
        String[] cells = text.substring(from).split("\\|!", 60);
        if (cells.length < 10) {
            return false;
        }
        Words.dataset(event, "qianxin.skyeye");
        Words.observer(event, "QiAnXin", "SkyEye", "ids");
        for (int i = 0; i < cells.length && i < columns.length; i++) {
            if (!columns[i].equals("-")) {
                NAMES.set(event, PREFIX, columns[i], cells[i].strip(), zone);
            }
        }
        event.set(Ecs.EVENT_KIND, "alert")
                .set(
                        Ecs.EVENT_CATEGORY,
                        columns.length > 1 && cells[0].startsWith("web")
                                ? List.of("web", "intrusion_detection", "network")
                                : Words.NETWORK_INTRUSION);
        Meaning.finish(event, zone);
        return true;
    }
}
