package org.wanglou.sensors.format;

import java.util.List;
import java.util.Optional;
import org.wanglou.sensors.format.app.AppKinds;
import org.wanglou.sensors.format.app.BracketLine;
import org.wanglou.sensors.format.app.ElasticLine;
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
import org.wanglou.sensors.format.db.MySqlError;
import org.wanglou.sensors.format.db.MySqlSlow;
import org.wanglou.sensors.format.db.PostgresLine;
import org.wanglou.sensors.format.db.RedisLine;
import org.wanglou.sensors.format.evtx.EvtxFormat;
import org.wanglou.sensors.format.flow.NetflowV5Format;
import org.wanglou.sensors.format.host.AuditFormat;
import org.wanglou.sensors.format.host.AuditMessage;
import org.wanglou.sensors.format.json.ChinaKinds;
import org.wanglou.sensors.format.json.EcsKind;
import org.wanglou.sensors.format.json.EveKind;
import org.wanglou.sensors.format.json.JournalKind;
import org.wanglou.sensors.format.json.JsonFormat;
import org.wanglou.sensors.format.json.JsonKinds;
import org.wanglou.sensors.format.json.ModSecurityKind;
import org.wanglou.sensors.format.service.CasMessage;
import org.wanglou.sensors.format.service.EximMessage;
import org.wanglou.sensors.format.service.FtpMessage;
import org.wanglou.sensors.format.service.NamedMessage;
import org.wanglou.sensors.format.service.OpenVpnMessage;
import org.wanglou.sensors.format.service.RadiusDetail;
import org.wanglou.sensors.format.service.RadiusMessage;
import org.wanglou.sensors.format.service.ShibbolethAudit;
import org.wanglou.sensors.format.service.WindowsDhcpMessage;
import org.wanglou.sensors.format.service.WindowsDnsMessage;
import org.wanglou.sensors.format.syslog.SyslogFormat;
import org.wanglou.sensors.format.vendor.CefMessage;
import org.wanglou.sensors.format.vendor.CheckPoint;
import org.wanglou.sensors.format.vendor.CiscoAsa;
import org.wanglou.sensors.format.vendor.CiscoIos;
import org.wanglou.sensors.format.vendor.CiscoIse;
import org.wanglou.sensors.format.vendor.Citrix;
import org.wanglou.sensors.format.vendor.Filterlog;
import org.wanglou.sensors.format.vendor.Fortigate;
import org.wanglou.sensors.format.vendor.Juniper;
import org.wanglou.sensors.format.vendor.LeefMessage;
import org.wanglou.sensors.format.vendor.Meraki;
import org.wanglou.sensors.format.vendor.MikroTik;
import org.wanglou.sensors.format.vendor.PanOs;
import org.wanglou.sensors.format.vendor.SnortAlert;
import org.wanglou.sensors.format.vendor.SonicWall;
import org.wanglou.sensors.format.vendor.Sophos;
import org.wanglou.sensors.format.vendor.WatchGuard;
import org.wanglou.sensors.format.web.AccessLine;
import org.wanglou.sensors.format.web.ApacheErrorLine;
import org.wanglou.sensors.format.web.HaproxyLine;
import org.wanglou.sensors.format.web.IisLine;
import org.wanglou.sensors.format.web.ModSecurityAudit;
import org.wanglou.sensors.format.web.NginxErrorLine;
import org.wanglou.sensors.format.web.SquidLine;
import org.wanglou.sensors.format.windows.SnareLine;
import org.wanglou.sensors.format.windows.WindowsXml;
import org.wanglou.sensors.format.zeek.ZeekJson;
import org.wanglou.sensors.format.zeek.ZeekTsv;

/** Every format there is. To add one: its class, its samples and one line here (and in {@code docs/formats.md}). */
public final class Formats {
    private static final Message COMWARE = new ComwareLocal();
    private static final Message MODULES = new ModuleLog();

    private static final List<Format> BARE = List.of(
            new AutoFormat(),
            new SyslogFormat("syslog", Payloads::read),
            access("nginx-access", "nginx.access"),
            access("nginx-ingress", "nginx.ingress_controller"),
            access("apache-access", "apache.access"),
            access("tomcat-access", "tomcat.access"),
            access("traefik-access", "traefik.access"),
            LineFormat.dated("nginx-error", NginxErrorLine::read, GroupLines::indented, line -> false),
            LineFormat.dated("apache-error", ApacheErrorLine::read),
            LineFormat.dated("iis-w3c", new IisLine(), HeaderLines::new, line -> false),
            new LineFormat("haproxy", HaproxyLine::read),
            LineFormat.dated("squid", SquidLine::read),
            new JsonFormat(ModSecurityKind.KIND),
            new AuditFormat(LineFormat.dated("auditd", new AuditMessage())),
            new JsonFormat("ecs-json", object -> EcsKind.KIND),
            new JsonFormat("json", JsonKinds::of),
            new JsonFormat(EveKind.KIND),
            new JsonFormat("zeek-json", ZeekJson::of),
            LineFormat.dated("zeek-tsv", new ZeekTsv(), HeaderLines::new, line -> false),
            new JsonFormat("windows-event-json", JsonKinds::windows),
            new LineFormat("windows-event-xml", new WindowsXml(), GroupLines::elements),
            new EvtxFormat(),
            new LineFormat("windows-snare", new SnareLine()),
            new LineFormat("cef", new CefMessage()),
            new LineFormat("leef", new LeefMessage()),
            new LineFormat("fortinet-fortigate", Fortigate.MESSAGE),
            new LineFormat("paloalto-panos", new PanOs()),
            new LineFormat("cisco-asa", new CiscoAsa()),
            new LineFormat("cisco-ios", new CiscoIos()),
            LineFormat.dated("cisco-meraki", new Meraki()),
            new LineFormat("cisco-ise", new CiscoIse()),
            LineFormat.dated("citrix-adc", new Citrix()),
            new LineFormat("watchguard", new WatchGuard()),
            new LineFormat("juniper-srx", new Juniper()),
            new LineFormat("checkpoint", CheckPoint.MESSAGE),
            new LineFormat("sonicwall", SonicWall.MESSAGE),
            new LineFormat("sophos", Sophos.MESSAGE),
            new LineFormat("pfsense", new Filterlog()),
            new LineFormat("mikrotik", new MikroTik()),
            new LineFormat("huawei-usg", new ModuleLog()),
            new LineFormat(
                    "h3c-secpath",
                    (text, event, zone) -> COMWARE.read(text, event, zone) || MODULES.read(text, event, zone)),
            new LineFormat("sangfor-af", new Labelled()),
            new LineFormat(
                    "topsec",
                    (text, event, zone) ->
                            TopSec.MESSAGE.read(text, event, zone) || Sheets.TOPSEC_IDP.read(text, event, zone)),
            new LineFormat("topsec-acm", Sheets.TOPSEC_ACM),
            new LineFormat("dptech", new DpTech()),
            new LineFormat("skyeye", new SkyEye()),
            new LineFormat("dbappsecurity-waf", Sheets.DBAPPSECURITY_WAF),
            new LineFormat("leadsec-ips", Sheets.LEADSEC_IPS),
            new LineFormat("h3c-acg", Sheets.H3C_ACG),
            new LineFormat("qzsec", Sheets.QZSEC),
            new LineFormat("secfox", Sheets.SECFOX),
            new LineFormat("gap", Sheets.GAP),
            new LineFormat("huafang-nac", Sheets.HUAFANG_NAC),
            new LineFormat("sangfor-osm", new SangforFort()),
            new LineFormat("sangfor-sip", new SangforSip()),
            new LineFormat("coremail", Sheets.COREMAIL),
            LineFormat.dated("dameng", DamengLine::read, () -> new GroupLines(DamengLine::begins), line -> false),
            new JsonFormat(ChinaKinds.SAFELINE_KIND),
            new JsonFormat(ChinaKinds.ATRUST_KIND),
            new JsonFormat(ChinaKinds.VENUS_KIND),
            new LineFormat("venustech", Venustech.MESSAGE),
            new LineFormat("hillstone", new Hillstone()),
            new LineFormat(
                    "qianxin",
                    (text, event, zone) ->
                            QiAnXin.NSG.read(text, event, zone) || QiAnXin.SEC_SSL.read(text, event, zone)),
            new LineFormat(
                    "nsfocus",
                    (text, event, zone) -> Nsfocus.WAF.read(text, event, zone)
                            || Nsfocus.IDS.read(text, event, zone)
                            || Sheets.NSFOCUS_NIDS.read(text, event, zone)),
            new LineFormat("webray", Nsfocus.WEBRAY),
            new LineFormat("infogo", Nsfocus.INFOGO_ASM),
            new LineFormat("freeradius", new RadiusMessage()),
            LineFormat.dated(
                    "postgresql", PostgresLine::read, () -> new GroupLines(PostgresLine::begins), line -> false),
            LineFormat.dated("mysql-error", MySqlError::read, () -> new GroupLines(MySqlError::begins), line -> false),
            LineFormat.dated("mysql-slow", MySqlSlow::read, () -> new GroupLines(MySqlSlow::begins), MySqlSlow::banner),
            LineFormat.dated("mysql-general", MySqlError::general),
            LineFormat.dated("redis", RedisLine::read),
            LineFormat.dated("windows-dns", new WindowsDnsMessage()),
            LineFormat.dated("cas-audit", new CasMessage(), () -> new GroupLines(CasMessage::begins), line -> false),
            LineFormat.dated("snort", new SnortAlert()),
            new LineFormat("bind", new NamedMessage()),
            LineFormat.dated("exim", new EximMessage()),
            new LineFormat("openvpn", new OpenVpnMessage()),
            LineFormat.dated("vsftpd", new FtpMessage()),
            LineFormat.dated(
                    "elasticsearch", ElasticLine::read, () -> new GroupLines(ElasticLine::begins), line -> false),
            LineFormat.dated(
                    "logstash",
                    (text, event, zone) ->
                            AppKinds.LOGSTASH.read(text, event, zone) || BracketLine.logstash(text, event, zone),
                    () -> new GroupLines(BracketLine::begins),
                    line -> false),
            LineFormat.dated("kafka", BracketLine::kafka, () -> new GroupLines(BracketLine::begins), line -> false),
            LineFormat.dated("icinga", BracketLine::icinga, () -> new GroupLines(BracketLine::begins), line -> false),
            LineFormat.dated("nats", BracketLine::nats),
            new JsonFormat(AppKinds.MONGODB),
            new JsonFormat(AppKinds.OSQUERY_RESULT),
            LineFormat.dated(
                    "modsecurity-audit",
                    new ModSecurityAudit(),
                    () -> new GroupLines(ModSecurityAudit::begins),
                    line -> false),
            LineFormat.dated(
                    "windows-dhcp", new WindowsDhcpMessage(), () -> Assembler.NONE, WindowsDhcpMessage::heading),
            LineFormat.dated(
                    "freeradius-detail", new RadiusDetail(), () -> new GroupLines(RadiusDetail::begins), line -> false),
            LineFormat.dated("shibboleth-audit", new ShibbolethAudit()),
            new JsonFormat(JournalKind.KIND),
            LineFormat.dated(
                    "journald-export", JournalKind::export, () -> new GroupLines(JournalKind::begins), line -> false),
            LineFormat.dated("container", new ContainerLine(), PartialLines::new, line -> false),
            new LineFormat("key-value", Unknown.ANY),
            new NetflowV5Format());

    private static final List<Format> ALL =
            BARE.stream().<Format>map(Guarded::new).toList();

    private Formats() {}

    private static Format access(String name, String dataset) {
        return LineFormat.dated(name, (text, event, zone) -> AccessLine.read(text, dataset, event));
    }

    public static List<Format> all() {
        return ALL;
    }

    /** The formats without their guard. */
    static List<Format> bare() {
        return BARE;
    }

    public static Optional<Format> named(String name) {
        return ALL.stream().filter(format -> format.name().equals(name)).findFirst();
    }

    /** Recognises among all formats and says why. */
    public static Format auto() {
        return ALL.get(0);
    }
}
