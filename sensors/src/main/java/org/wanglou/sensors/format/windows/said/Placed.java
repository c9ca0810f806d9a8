package org.wanglou.sensors.format.windows.said;

import java.util.Locale;
import java.util.Map;

/** Which field a label means under its heading in an event, and the value that the message rendered. Pure. */
final class Placed {
    /** What messages say for the codes of EventData (msobjs.dll), in both languages. */
    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry("impersonation", "%%1833"),
            Map.entry("模拟", "%%1833"),
            Map.entry("delegation", "%%1840"),
            Map.entry("委派", "%%1840"),
            Map.entry("identification", "%%1832"),
            Map.entry("标识", "%%1832"),
            Map.entry("yes", "%%1842"),
            Map.entry("是", "%%1842"),
            Map.entry("no", "%%1843"),
            Map.entry("否", "%%1843"),
            Map.entry("unknown user name or bad password.", "%%2313"),
            Map.entry("未知用户名或密码错误。", "%%2313"),
            Map.entry("未知的用户名或密码错误。", "%%2313"),
            Map.entry("用户名未知或密码错误。", "%%2313"),
            Map.entry("account currently disabled.", "%%2310"),
            Map.entry("帐户当前已禁用。", "%%2310"),
            Map.entry("account locked out.", "%%2307"),
            Map.entry("帐户已锁定。", "%%2307"),
            Map.entry("an error occured during logon.", "%%2304"),
            Map.entry("登录期间出错。", "%%2304"));

    private Placed() {}

    static String field(String field, String section, String code) {
        if (field.charAt(0) == '¶') {
            return account(field, section, code);
        }
        return switch (field) {
            case "ServiceFileName" -> code.equals("7045") ? "ImagePath" : field;
            case "ServiceStartType" -> code.equals("7045") ? "StartType" : field;
            case "ServiceAccount" -> code.equals("7045") ? "AccountName" : field;
            case "AuthenticationPackageName" -> code.equals("4776") ? "PackageName" : field;
            case "CallerComputer" -> code.equals("4740") ? "TargetDomainName" : field;
            case "Path" -> code.equals("4104") || code.startsWith("11") ? field : "";
            default -> field;
        };
    }

    private static String account(String field, String section, String code) {
        boolean logoff = code.equals("4634") || code.equals("4647");
        String side =
                switch (section) {
                    case Labels.SUBJECT -> logoff ? "TargetUser" : "SubjectUser";
                    case Labels.LOGON -> "TargetUser";
                    case Labels.TARGET -> "Target";
                    case Labels.MEMBER -> "Member";
                    default -> "";
                };
        if (side.isEmpty()) {
            return "";
        }
        String who = side.replace("User", "");
        return switch (field) {
            case Labels.SID -> side + "Sid";
            case Labels.NAME -> side.equals("Member") ? "MemberName" : who + "UserName";
            case Labels.DOMAIN ->
                side.equals("Member") || code.equals("4740") && side.equals("Target") ? "" : who + "DomainName";
            case Labels.LOGON_ID -> side.endsWith("User") ? who + "LogonId" : "";
            case Labels.LOGON_GUID ->
                code.equals("4648") && side.equals("TargetUser") ? "TargetLogonGuid" : "LogonGuid";
            default -> "";
        };
    }

    static String value(String field, String said) {
        String value = CODES.getOrDefault(said.toLowerCase(Locale.ROOT).replace('账', '帐'), said);
        if (field.endsWith("Sid")) {
            // a SID that Windows could name is no SID any more
            return value.startsWith("S-1-") ? value : value.equals("NULL SID") ? "S-1-0-0" : "";
        }
        if (field.equals("TokenElevationType")) {
            int open = value.indexOf('(');
            boolean one = open >= 0
                    && open + 2 < value.length()
                    && value.charAt(open + 1) >= '1'
                    && value.charAt(open + 1) <= '3';
            return one ? "%%193" + (char) (value.charAt(open + 1) + 5) : value;
        }
        if (field.equals("SubjectUserName") || field.equals("TargetUserName") || !value.startsWith("%%18")) {
            return field.endsWith("Name") ? said : value;
        }
        return value;
    }
}
