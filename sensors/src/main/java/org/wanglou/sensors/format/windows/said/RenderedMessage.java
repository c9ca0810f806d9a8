package org.wanglou.sensors.format.windows.said;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes a rendered message apart: {@code label: value} on lines of its own, or flattened to one line by a relay that puts two
 * blanks, or one, for a line end. A value reaches to the next known label at most. Pure.
 */
public final class RenderedMessage {
    private static final int LONGEST = 65_536;
    private static final int LONGEST_LABEL = 48;
    private static final int MOST_LABELS = 512;
    /** Each is looked at over the length of a label: a hostile text must not cost more than any other. */
    private static final int MOST_COLONS = 2_048;

    /** Values of one word: what follows is text that explains the event. */
    private static final Set<String> WORDS = Set.of(
            "LogonType",
            "IpAddress",
            "IpPort",
            "KeyLength",
            "Status",
            "SubStatus",
            "ProcessId",
            "NewProcessId",
            "MandatoryLabel",
            "ServiceSid",
            "TicketOptions",
            "TicketEncryptionType",
            "PreAuthType",
            "AccessMask",
            "ScriptBlockId",
            "Workstation",
            "WorkstationName",
            "OldUacValue",
            "NewUacValue",
            "PrimaryGroupId",
            "TargetLinkedLogonId",
            "CallerComputer");
    /** Values that go over several lines, up to the next label. */
    private static final Set<String> LONG = Set.of(
            "PrivilegeList", "AccessList", "AccessReason", "TaskContent", "TaskContentNew", "UserAccountControl");

    private static final String[] EXPLANATIONS = {
        "This event ",
        "The subject fields",
        "The logon type field",
        "Pre-authentication types",
        "Certificate information",
        "在已登录",
        "在创建登录会话",
        "在登录会话",
        "在尝试访问",
        "在被尝试访问",
        "在登录请求失败",
        "此事件",
        "当登录会话",
        "当进程尝试",
        "在进程尝试",
        "只有将证书",
        "仅当使用证书",
        "预身份验证类型、",
        "使用者字段",
        "主题字段"
    };

    private record Label(String field, int from, int to) {}

    private RenderedMessage() {}

    /**
     * The fields of EventData that a message names; those of accounts by their heading.
     *
     * @param code the event's id, which decides what a few labels mean
     * @param service the dataset without {@code windows.}
     */
    public static Map<String, String> fields(String message, String code, String service) {
        String text = (message.length() > LONGEST ? message.substring(0, LONGEST) : message).replace("\r", "");
        if (service.equals("sysmon")) {
            return SysmonMessage.fields(text);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        if (service.equals("powershell") && code.equals("4104")) {
            script(text, fields);
        }
        boolean lines = text.indexOf('\n') >= 0;
        List<Label> labels = labels(text, lines, service.equals("windefend") ? Labels.defender() : Labels.all());
        String section = Labels.OTHER;
        for (int i = 0; i < labels.size(); i++) {
            Label label = labels.get(i);
            String field = label.field();
            boolean last = i + 1 == labels.size() || !lines && field.equals("CommandLine");
            int end = last
                    ? explained(text, label.to(), field)
                    : labels.get(i + 1).from();
            if (field.charAt(0) == '§') {
                section = field;
                continue;
            }
            String value = value(text, label.to(), end, field, lines);
            String place = Placed.field(field, section, code);
            if (!value.isEmpty() && !place.isEmpty()) {
                fields.putIfAbsent(place, Placed.value(place, value));
            }
        }
        if (code.equals("4104")) {
            fields.keySet()
                    .retainAll(Set.of("ScriptBlockText", "ScriptBlockId", "Path", "MessageNumber", "MessageTotal"));
        }
        fields.values().removeIf(String::isEmpty);
        return fields;
    }

    private static List<Label> labels(String text, boolean lines, Map<String, String> known) {
        List<Label> labels = new ArrayList<>();
        int last = 0;
        int colons = 0;
        for (int i = 0; i < text.length() && labels.size() < MOST_LABELS && colons < MOST_COLONS; i++) {
            char c = text.charAt(i);
            boolean colon = c == '：' || c == ':' && (i + 1 == text.length() || text.charAt(i + 1) <= ' ');
            if (!colon) {
                continue;
            }
            colons++;
            for (int from = Math.max(last, i - LONGEST_LABEL); from < i; from++) {
                boolean edge =
                        from == 0 || text.charAt(from - 1) <= ' ' || from == last || text.charAt(from - 1) == '。';
                if (!edge || text.charAt(from) <= ' ' || lines && !begins(text, from)) {
                    continue;
                }
                String field = known.get(Labels.plain(text.substring(from, i)));
                if (field != null) {
                    labels.add(new Label(field, from, i + 1));
                    last = i + 1;
                    break;
                }
            }
        }
        return labels;
    }

    private static boolean begins(String text, int from) {
        int at = from - 1;
        while (at >= 0 && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at--;
        }
        return at < 0 || text.charAt(at) == '\n';
    }

    /** Where the text that explains the event begins; behind a command line only the one that its event has. */
    private static int explained(String text, int from, String field) {
        if (field.equals("CommandLine")) {
            int english = text.lastIndexOf("Token Elevation Type indicates");
            int chinese = text.lastIndexOf("令牌提升类型");
            int end = Math.max(english, chinese);
            return end < from ? text.length() : end;
        }
        int end = text.length();
        for (String beginning : EXPLANATIONS) {
            int at = text.indexOf(beginning, from);
            end = at >= 0 && at < end ? at : end;
        }
        return end;
    }

    private static String value(String text, int from, int to, String field, boolean lines) {
        int at = from;
        while (at < to && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        if (LONG.contains(field) || field.equals("CommandLine") && !lines) {
            String all = text.substring(at, to).strip();
            int blank = all.indexOf("\n\n");
            boolean xml = all.startsWith("<");
            return xml
                    ? all.substring(0, all.lastIndexOf('>') + 1)
                    : blank < 0 ? all : all.substring(0, blank).strip();
        }
        boolean word = WORDS.contains(field) || field.equals(Labels.LOGON_ID) || field.equals(Labels.LOGON_GUID);
        int end = at;
        while (end < to) {
            char c = text.charAt(end);
            boolean two = c == ' ' && end + 1 < to && text.charAt(end + 1) == ' ';
            if (c == '\n' || c == '\r' || c == '\t' || two || word && c == ' ') {
                break;
            }
            end++;
        }
        return text.substring(at, end).strip();
    }

    /** {@code Creating Scriptblock text (1 of 2):} and the script up to its id. */
    private static void script(String text, Map<String, String> fields) {
        int open = text.indexOf('(');
        int from = text.indexOf(':', Math.max(open, 0));
        int chinese = text.indexOf('：', Math.max(open, 0));
        from = from < 0 || chinese >= 0 && chinese < from ? chinese : from;
        int to = text.lastIndexOf("ScriptBlock ID:");
        to = to < 0 ? text.lastIndexOf("脚本块 ID:") : to;
        if (open < 0 || open > 64 || from < 0 || from > 96 || to < from) {
            return;
        }
        fields.put("ScriptBlockText", text.substring(from + 1, to).strip());
        String[] numbers =
                text.substring(open, from).replaceAll("\\D+", " ").strip().split(" ");
        if (numbers.length == 2) {
            fields.put("MessageNumber", numbers[0]);
            fields.put("MessageTotal", numbers[1]);
        }
    }
}
