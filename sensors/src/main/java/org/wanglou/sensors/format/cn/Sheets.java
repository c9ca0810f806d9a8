package org.wanglou.sensors.format.cn;

/** The devices that are one file each. To add one: its file, its samples, one line here, one in {@code Formats}. */
public final class Sheets {
    public static final Sheet COREMAIL = Sheet.of("coremail");
    public static final Sheet DBAPPSECURITY_WAF = Sheet.of("dbappsecurity-waf");
    public static final Sheet GAP = Sheet.of("gap");
    public static final Sheet H3C_ACG = Sheet.of("h3c-acg");
    public static final Sheet HUAFANG_NAC = Sheet.of("huafang-nac");
    public static final Sheet LEADSEC_IPS = Sheet.of("leadsec-ips");
    public static final Sheet NSFOCUS_NIDS = Sheet.of("nsfocus-nids");
    public static final Sheet QZSEC = Sheet.of("qzsec");
    public static final Sheet SECFOX = Sheet.of("secfox");
    public static final Sheet TOPSEC_ACM = Sheet.of("topsec-acm");
    public static final Sheet TOPSEC_IDP = Sheet.of("topsec-idp");

    private Sheets() {}
}
