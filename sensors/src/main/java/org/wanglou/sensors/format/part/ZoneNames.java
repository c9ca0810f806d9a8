package org.wanglou.sensors.format.part;

/** The abbreviations of time zones that logs use. Pure. */
public final class ZoneNames {
    /** CST is China's time to those who write it here: the source's own zone holds. */
    public static final int CHINA = 9_999;

    public static final int NONE = 10_000;

    /** Minutes east of UTC of a zone's abbreviation, {@link #CHINA} or {@link #NONE}. */
    public static int minutes(String zone) {
        return switch (zone) {
            case "UTC", "GMT", "WET" -> 0;
            case "CST" -> CHINA;
            case "CET", "BST", "WEST" -> 60;
            case "CEST", "EET", "SAST" -> 120;
            case "EEST", "MSK" -> 180;
            case "HKT", "SGT", "AWST" -> 480;
            case "JST", "KST" -> 540;
            case "AEST" -> 600;
            case "EDT" -> -240;
            case "EST", "CDT" -> -300;
            case "MST", "PDT" -> -420;
            case "MDT" -> -360;
            case "PST" -> -480;
            default -> NONE;
        };
    }

    private ZoneNames() {}
}
