package org.wanglou.sensors.format;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.cn.ComwareLocal;
import org.wanglou.sensors.format.cn.DpTech;
import org.wanglou.sensors.format.cn.Hillstone;
import org.wanglou.sensors.format.cn.Labelled;
import org.wanglou.sensors.format.cn.ModuleLog;
import org.wanglou.sensors.format.cn.Nsfocus;
import org.wanglou.sensors.format.cn.QiAnXin;
import org.wanglou.sensors.format.cn.SangforFort;
import org.wanglou.sensors.format.cn.SangforSip;
import org.wanglou.sensors.format.cn.Sheets;
import org.wanglou.sensors.format.cn.SkyEye;
import org.wanglou.sensors.format.cn.TopSec;
import org.wanglou.sensors.format.cn.Unknown;
import org.wanglou.sensors.format.cn.Venustech;
import org.wanglou.sensors.format.db.DamengLine;
import org.wanglou.sensors.format.host.AuditMessage;
import org.wanglou.sensors.format.json.JournalKind;
import org.wanglou.sensors.format.json.JsonFormat;
import org.wanglou.sensors.format.json.JsonKind;
import org.wanglou.sensors.format.json.JsonKinds;
import org.wanglou.sensors.format.service.CasMessage;
import org.wanglou.sensors.format.service.EximMessage;
import org.wanglou.sensors.format.service.FtpMessage;
import org.wanglou.sensors.format.service.RadiusDetail;
import org.wanglou.sensors.format.service.RadiusMessage;
import org.wanglou.sensors.format.service.ShibbolethAudit;
import org.wanglou.sensors.format.service.WindowsDhcpMessage;
import org.wanglou.sensors.format.service.WindowsDnsMessage;
import org.wanglou.sensors.format.vendor.CefMessage;
import org.wanglou.sensors.format.vendor.CheckPoint;
import org.wanglou.sensors.format.vendor.CiscoAsa;
import org.wanglou.sensors.format.vendor.CiscoIos;
import org.wanglou.sensors.format.vendor.CiscoIse;
import org.wanglou.sensors.format.vendor.Citrix;
import org.wanglou.sensors.format.vendor.Filterlog;
import org.wanglou.sensors.format.vendor.Fortigate;
import org.wanglou.sensors.format.vendor.Juniper;
import org.wanglou.sensors.format.vendor.JunosText;
import org.wanglou.sensors.format.vendor.LeefMessage;
import org.wanglou.sensors.format.vendor.Meraki;
import org.wanglou.sensors.format.vendor.MikroTik;
import org.wanglou.sensors.format.vendor.PanOs;
import org.wanglou.sensors.format.vendor.SnortAlert;
import org.wanglou.sensors.format.vendor.SonicWall;
import org.wanglou.sensors.format.vendor.Sophos;
import org.wanglou.sensors.format.vendor.WatchGuard;
import org.wanglou.sensors.format.web.ApacheErrorLine;
import org.wanglou.sensors.format.web.ModSecurityAudit;
import org.wanglou.sensors.format.web.NginxErrorLine;
import org.wanglou.sensors.format.web.SquidLine;
import org.wanglou.sensors.format.windows.SnareLine;
import org.wanglou.sensors.format.windows.WindowsXml;

/**
 * The formats that are recognised by their own text, with the reason. The first character and a few marks decide which are
 * asked; each asks for its own marks before it reads. Pure.
 */
final class Payloads {
    /**
     * @param name the format's name
     * @param why what a text of it shows that others do not
     */
    record Known(String name, String why, Message message) {}

    private static final String JSON = "begins with a brace and is a JSON object";
    private static final Known CEF = new Known("cef", "CEF: and its seven bars", new CefMessage());
    private static final Known LEEF = new Known("leef", "LEEF: and its bars", new LeefMessage());
    private static final Known XML = new Known("windows-event-xml", "<Event> with <System>", new WindowsXml());
    private static final Known MODULE =
            new Known("huawei-usg", "%%, a number, MODULE/severity/BRIEF of VRP", new ModuleLog());
    private static final Known COMWARE =
            new Known("h3c-secpath", "%%10, MODULE/severity/BRIEF of Comware", new ModuleLog());
    private static final Known LOCAL =
            new Known("h3c-secpath", "% and a time, MODULE/severity/BRIEF", new ComwareLocal());
    private static final Known BARE = new Known("huawei-usg", "MODULE/severity/BRIEF in capitals", new ModuleLog());
    private static final Known ASA =
            new Known("cisco-asa", "%ASA-, %FTD-, %PIX- or %FWSM- and a number", new CiscoAsa());
    private static final Known IOS = new Known("cisco-ios", "%FACILITY-severity-MNEMONIC:", new CiscoIos());
    private static final Known FILTERLOG = new Known("pfsense", "commas of a filterlog record", new Filterlog());
    private static final Known LABELLED = new Known("sangfor-af", "fields labelled in Chinese", new Labelled());
    private static final Known PANOS =
            new Known("paloalto-panos", "commas and a PAN-OS log type in the fourth field", new PanOs());
    private static final Known AUDIT = new Known("auditd", "type= and msg=audit(", new AuditMessage());
    private static final Known NGINX_ERROR =
            new Known("nginx-error", "date with slashes, [level], pid#tid", NginxErrorLine::read);
    private static final Known APACHE_ERROR = new Known("apache-error", "[ctime] [level]", ApacheErrorLine::read);
    private static final Known SNORT = new Known("snort", "[gid:sid:rev], {protocol} and an arrow", new SnortAlert());
    private static final Known WINDOWS_DNS =
            new Known("windows-dns", "PACKET and (3)www(0) labels", new WindowsDnsMessage());
    private static final Known WINDOWS_DHCP =
            new Known("windows-dhcp", "number, date, time and further commas", new WindowsDhcpMessage());
    private static final Known SHIBBOLETH =
            new Known("shibboleth-audit", "time, binding and bars", new ShibbolethAudit());
    private static final Known CONTAINER = new Known("container", "time, stdout or stderr, F or P", ContainerLine::cri);
    private static final Known KEY_VALUE =
            new Known("key-value", "four pairs, an address among them", Unknown.RECOGNISED);
    private static final Known EXIM = new Known("exim", "time and a sign or word of Exim's log", new EximMessage());
    private static final Known CITRIX =
            new Known("citrix-adc", "date, PPE, feature and code between colons", new Citrix());
    private static final Known MERAKI =
            new Known("cisco-meraki", "seconds, a device, urls, flows, events or their like", new Meraki());
    private static final Known SQUID = new Known("squid", "seconds with milliseconds, CODE/status", SquidLine::read);

    private static final List<Known> PAIRS = List.of(
            new Known("fortinet-fortigate", "date=, logid= and devname= or devid=", Fortigate.MESSAGE),
            new Known("topsec", "id=tos", TopSec.MESSAGE),
            new Known("sonicwall", "id=, sn=, fw= and m=", SonicWall.MESSAGE),
            new Known("venustech", "devid=, dname= and mod=", Venustech.MESSAGE),
            new Known("sophos", "device=, log_id= and log_type=", Sophos.MESSAGE),
            new Known("qianxin", "devid=\", vsys=\" and module=\"", QiAnXin.NSG),
            new Known("webray", "devicename= and sip=", Nsfocus.WEBRAY),
            new Known("juniper-srx", "[junos@", new Juniper()),
            new Known("checkpoint", "[action:\" or loguid=", CheckPoint.MESSAGE));
    private static final List<Known> BRACKETED = List.of(
            new Known("icinga", "[time] level/Facility:", Servers::icinga),
            new Known("nats", "[pid] date with slashes [LVL]", Servers::nats),
            new Known("logstash", "[time][LEVEL][logstash.…]", Servers::logstash),
            new Known("elasticsearch", "[time][LEVEL][logger]", Servers::elasticsearch),
            new Known("kafka", "[time,millis] LEVEL", Servers::kafka));
    private static final List<Known> DATED = List.of(
            new Known("dameng", "time and [LEVEL] with P and T numbers, or (EP[", DamengLine::read),
            new Known("postgresql", "LOG:, ERROR: or their like, or its CSV", Servers::postgres),
            new Known("mysql-error", "time, thread, [Note] or its like", Servers::mysqlError),
            new Known("mysql-general", "time, thread and command with a tab", Servers::mysqlGeneral),
            new Known("redis", "pid:role and a time", Servers::redis));
    private static final Known SKYEYE = new Known("skyeye", "an alert's name and |!, or skyeye_", new SkyEye());
    private static final Known SIP = new Known("sangfor-sip", "|! and an object", new SangforSip());
    private static final Known DPTECH = new Known("dptech", "POLICY: or NAT and bars", new DpTech());
    private static final Known OSM = new Known("sangfor-osm", "通过账号 and 日志级别", new SangforFort());
    private static final Known DBAPP =
            new Known("dbappsecurity-waf", "DBAppWAF, names and slashes", Sheets.DBAPPSECURITY_WAF);
    private static final List<Known> SHEETS = List.of(
            new Known("qzsec", "(LEVEL)( and pairs", Sheets.QZSEC),
            new Known("secfox", "logType=YAB_", Sheets.SECFOX),
            new Known("nsfocus", "manufacturers=nsfocus", Sheets.NSFOCUS_NIDS),
            new Known("topsec", "vendor=\"topsec\" or the pairs of TopAPT and TopEDR", Sheets.TOPSEC_IDP),
            new Known("topsec-acm", "Type=, Source= and Dest=", Sheets.TOPSEC_ACM),
            new Known("leadsec-ips", "SerialNum= and GenTime=", Sheets.LEADSEC_IPS),
            new Known("h3c-acg", ";ipv4; and user_name=", Sheets.H3C_ACG),
            new Known("gap", "ID=\"TopIGap\" or its like", Sheets.GAP),
            new Known("huafang-nac", "event=, eventid= and term=", Sheets.HUAFANG_NAC));
    private static final Known COREMAIL =
            new Known("coremail", "loginip: and loginname:, cmd:DATA or channel=", Sheets.COREMAIL);
    private static final List<Known> OTHERS = List.of(
            new Known("juniper-srx", "RT_FLOW_SESSION_, FW: or UI_", new JunosText()),
            new Known("checkpoint", "[action:\"", CheckPoint.MESSAGE),
            new Known("hillstone", "Traffic@FLOW: and its like", new Hillstone()),
            new Known("nsfocus", "tag:waf_log", Nsfocus.WAF),
            new Known("nsfocus", "time:…;sip:", Nsfocus.IDS),
            new Known("infogo", "classid: and devip:", Nsfocus.INFOGO_ASM),
            new Known("qianxin", "SecSSL and bars", QiAnXin.SEC_SSL),
            new Known("watchguard", "msg_id=\" and a time in brackets", new WatchGuard()),
            new Known("cisco-ise", "CISE_ and the parts of a message", new CiscoIse()),
            new Known("bind", "client, an address, # and a port", Servers::named),
            new Known("windows-snare", "MSWinEventLog and tabs", new SnareLine()),
            new Known("freeradius-detail", "F-TICKS/ or ctime and indented attributes", new RadiusDetail()),
            new Known("modsecurity-audit", "--…-A-- before sections", new ModSecurityAudit()),
            new Known("journald-export", "__CURSOR=", JournalKind::export),
            new Known("cas-audit", "WHO: and ACTION:", new CasMessage()),
            new Known("vsftpd", "[pid n] and Client \"", new FtpMessage()),
            new Known("freeradius", "Login OK or Login incorrect", new RadiusMessage()),
            new Known("mikrotik", "in: out: proto and an arrow", new MikroTik()));

    private Payloads() {}

    static boolean read(String text, Event.Builder event, ZoneId zone) {
        return recognise(text, event, zone) != null;
    }

    /** The format that read the text, its fields set in the event; null when none did. */
    static @org.jspecify.annotations.Nullable Known recognise(String text, Event.Builder event, ZoneId zone) {
        int at = 0;
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        if (at == text.length()) {
            return null;
        }
        String body = at == 0 ? text : text.substring(at);
        char first = body.charAt(0);
        if (first == '{') {
            return json(body, event, zone);
        }
        if (first == '<' && body.startsWith("<Event") || body.startsWith("<?xml")) {
            return ask(XML, body, event, zone);
        }
        if (body.startsWith("CEF:")) {
            return ask(CEF, body, event, zone);
        }
        if (body.startsWith("LEEF:")) {
            return ask(LEEF, body, event, zone);
        }
        Known known = percent(body, event, zone);
        if (known == null && first >= '0' && first <= '9' || known == null && body.startsWith("filterlog")) {
            known = digit(body, event, zone);
        }
        if (known == null && (body.startsWith("type=") || body.startsWith("node="))) {
            known = ask(AUDIT, body, event, zone);
        }
        if (known == null && first == '[') {
            known = ask(SNORT, body, event, zone);
        }
        if (known == null && first == '[') {
            known = ask(APACHE_ERROR, body, event, zone);
        }
        if (known == null && first == '[') {
            known = first(BRACKETED, body, event, zone);
        }
        if (known == null && body.indexOf("/") > 0 && first >= 'A' && first <= 'Z') {
            known = ask(BARE, body, event, zone);
        }
        if (known == null && body.indexOf('|') > 0) {
            known = barred(body, event, zone);
        }
        if (known == null && body.indexOf('=') > 0) {
            known = first(PAIRS, body, event, zone);
            known = known == null ? first(SHEETS, body, event, zone) : known;
        }
        if (known == null) {
            known = first(OTHERS, body, event, zone);
        }
        return known == null ? unknown(body, event, zone) : known;
    }

    private static @org.jspecify.annotations.Nullable Known barred(String body, Event.Builder event, ZoneId zone) {
        Known known = ask(DPTECH, body, event, zone);
        known = known == null && body.contains("|!{") ? ask(SIP, body, event, zone) : known;
        return known == null && body.contains("|!") ? ask(SKYEYE, body, event, zone) : known;
    }

    /** Devices known by a few words, and pairs of those that are not known at all. */
    private static @org.jspecify.annotations.Nullable Known unknown(String body, Event.Builder event, ZoneId zone) {
        Known known = null;
        if (chinese(body)) {
            known = ask(DBAPP, body, event, zone);
            known = known == null ? ask(OSM, body, event, zone) : known;
            known = known == null ? ask(LABELLED, body, event, zone) : known;
        } else if (body.contains("og type:") || body.contains("og Type:")) {
            known = ask(LABELLED, body, event, zone);
        }
        known = known == null && body.contains("DBAppWAF") ? ask(DBAPP, body, event, zone) : known;
        known = known == null && body.contains("skyeye_") ? ask(SKYEYE, body, event, zone) : known;
        known = known == null && (body.contains("loginip:") || body.contains("cmd:") || body.contains("channel="))
                ? ask(COREMAIL, body, event, zone)
                : known;
        return known == null ? ask(KEY_VALUE, body, event, zone) : known;
    }

    private static @org.jspecify.annotations.Nullable Known percent(String body, Event.Builder event, ZoneId zone) {
        int percent = body.indexOf('%');
        if (percent < 0 || percent > 200) {
            return null;
        }
        Known known = body.startsWith("%%", percent)
                ? ask(body.startsWith("%%1", percent) ? COMWARE : MODULE, body, event, zone)
                : null;
        known = known == null && percent == 0 ? ask(LOCAL, body, event, zone) : known;
        known = known == null ? ask(ASA, body, event, zone) : known;
        return known == null && percent < 80 ? ask(IOS, body, event, zone) : known;
    }

    static @org.jspecify.annotations.Nullable Known digit(String body, Event.Builder event, ZoneId zone) {
        Known known = ask(PANOS, body, event, zone);
        known = known == null ? ask(FILTERLOG, body, event, zone) : known;
        known = known == null ? ask(NGINX_ERROR, body, event, zone) : known;
        known = known == null ? ask(CONTAINER, body, event, zone) : known;
        known = known == null ? ask(WINDOWS_DHCP, body, event, zone) : known;
        known = known == null ? ask(SHIBBOLETH, body, event, zone) : known;
        known = known == null ? ask(SNORT, body, event, zone) : known;
        known = known == null ? ask(WINDOWS_DNS, body, event, zone) : known;
        known = known == null ? ask(CITRIX, body, event, zone) : known;
        known = known == null ? ask(MERAKI, body, event, zone) : known;
        known = known == null ? ask(EXIM, body, event, zone) : known;
        known = known == null ? ask(SQUID, body, event, zone) : known;
        return known == null ? first(DATED, body, event, zone) : known;
    }

    private static @org.jspecify.annotations.Nullable Known first(
            List<Known> list, String body, Event.Builder event, ZoneId zone) {
        for (Known known : list) {
            if (known.message.read(body, event, zone)) {
                return known;
            }
        }
        return null;
    }

    private static @org.jspecify.annotations.Nullable Known ask(
            Known known, String body, Event.Builder event, ZoneId zone) {
        return known.message.read(body, event, zone) ? known : null;
    }

    private static boolean chinese(String body) {
        for (int i = 0; i < body.length() && i < 200; i++) {
            char c = body.charAt(i);
            if (c >= '\u4e00' && c <= '\u9fff') {
                return true;
            }
        }
        return false;
    }

    private static @org.jspecify.annotations.Nullable Known json(String text, Event.Builder event, ZoneId zone) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonKind kind = JsonKinds.of(new JsonFormat.Slice(bytes, 0, bytes.length));
        if (!kind.read(text, event, zone)) {
            return null;
        }
        ContainerLine.within(event, zone);
        return new Known(kind.format(), JSON, kind);
    }
}
