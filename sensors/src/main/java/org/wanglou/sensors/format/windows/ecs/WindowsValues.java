package org.wanglou.sensors.format.windows.ecs;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;

/**
 * Values of a Windows event in one spelling, whichever tool and whichever language of Windows wrote them: as Winlogbeat
 * renders them in English, since Sigma's rules and Elastic's dashboards are written for that. Pure.
 */
public final class WindowsValues {
    /** Keyword bits that every provider shares (winmeta.xml). */
    private static final Map<Integer, String> BITS = Map.of(
            48, "Response Time",
            50, "WDI Diag",
            51, "SQM",
            52, "Audit Failure",
            53, "Audit Success",
            54, "Correlation Hint",
            55, "Classic");

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("auditsuccess", "Audit Success"),
            Map.entry("successaudit", "Audit Success"),
            Map.entry("审核成功", "Audit Success"),
            Map.entry("成功审核", "Audit Success"),
            Map.entry("成功审计", "Audit Success"),
            Map.entry("auditfailure", "Audit Failure"),
            Map.entry("failureaudit", "Audit Failure"),
            Map.entry("审核失败", "Audit Failure"),
            Map.entry("失败审核", "Audit Failure"),
            Map.entry("失败审计", "Audit Failure"),
            Map.entry("classic", "Classic"),
            Map.entry("经典", "Classic"),
            Map.entry("correlationhint", "Correlation Hint"),
            Map.entry("responsetime", "Response Time"),
            Map.entry("响应时间", "Response Time"),
            Map.entry("sqm", "SQM"));

    private static final Map<String, String> LEVELS = Map.ofEntries(
            Map.entry("0", "information"),
            Map.entry("1", "critical"),
            Map.entry("2", "error"),
            Map.entry("3", "warning"),
            Map.entry("4", "information"),
            Map.entry("5", "verbose"),
            Map.entry("8", "information"),
            Map.entry("16", "information"),
            Map.entry("info", "information"),
            Map.entry("informational", "information"),
            Map.entry("logalways", "information"),
            Map.entry("warn", "warning"),
            Map.entry("notice", "information"),
            Map.entry("audit_success", "information"),
            Map.entry("audit_failure", "information"),
            Map.entry("success audit", "information"),
            Map.entry("failure audit", "information"),
            Map.entry("信息", "information"),
            Map.entry("消息", "information"),
            Map.entry("警告", "warning"),
            Map.entry("错误", "error"),
            Map.entry("关键", "critical"),
            Map.entry("严重", "critical"),
            Map.entry("详细", "verbose"));

    private static final Map<String, String> OPCODES =
            Map.of("0", "Info", "信息", "Info", "1", "Start", "开始", "Start", "启动", "Start", "2", "Stop", "停止", "Stop");

    private WindowsValues() {}

    /** {@code 0x8020000000000000}, the same as a signed or unsigned number, or words; what has no word is left out. */
    static List<String> keywords(Object said) {
        List<String> words = new ArrayList<>();
        for (Object one : said instanceof List<?> list ? list : List.of(said)) {
            String text = String.valueOf(one).strip();
            if (text.startsWith("0x") || text.startsWith("0X") || text.matches("-?\\d{1,20}")) {
                bits(text, words);
            } else {
                for (String word : text.split("[,;，；]", 16)) {
                    word(word.strip(), words);
                }
            }
        }
        return words;
    }

    private static void word(String word, List<String> words) {
        String plain = word.replace(" ", "").replace("_", "").toLowerCase(Locale.ROOT);
        String known = WORDS.getOrDefault(plain, word);
        if (!plain.isEmpty() && !plain.equals("none") && !plain.equals("无") && !words.contains(known)) {
            words.add(known);
        }
    }

    private static void bits(String text, List<String> words) {
        long bits;
        try {
            bits = text.startsWith("0x") || text.startsWith("0X")
                    ? Long.parseUnsignedLong(text.substring(2), 16)
                    : text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            return;
        }
        for (int bit = 48; bit <= 55; bit++) {
            String word = BITS.get(bit);
            if ((bits & 1L << bit) != 0 && word != null && !words.contains(word)) {
                words.add(word);
            }
        }
    }

    static String level(String said) {
        String plain = said.strip().toLowerCase(Locale.ROOT);
        return LEVELS.getOrDefault(plain, plain);
    }

    static String opcode(String said) {
        return OPCODES.getOrDefault(said.strip(), said.strip());
    }

    /** A GUID in the braces that Windows writes and some tools leave off; any other text as it is. */
    static String guid(String text) {
        return text.length() == 36
                        && text.charAt(8) == '-'
                        && text.charAt(13) == '-'
                        && text.charAt(18) == '-'
                        && text.charAt(23) == '-'
                ? '{' + text + '}'
                : text;
    }

    /** {@code 0x00000000000003E7} as {@code 0x3e7}; any other text as it is. */
    static String hex(String text) {
        if (text.length() < 3 || text.length() > 18 || text.charAt(0) != '0' || (text.charAt(1) | 32) != 'x') {
            return text;
        }
        for (int i = 2; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                return text;
            }
        }
        int at = 2;
        while (at < text.length() - 1 && text.charAt(at) == '0') {
            at++;
        }
        return "0x" + text.substring(at).toLowerCase(Locale.ROOT);
    }

    /**
     * A time in one of the ways of Windows tools: ISO 8601, {@code /Date(ms)/}, FILETIME (100 ns since 1601), the short
     * dates of the American and the Chinese locale, or whatever {@link Clock#any} knows.
     */
    public static long time(String said, ZoneId zone) {
        String text = said.strip();
        if (text.startsWith("/Date(")) {
            int end = 6;
            while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '-')) {
                end++;
            }
            long millis = Fill.whole(text.substring(6, end));
            return millis == Long.MIN_VALUE ? Clock.NONE : millis;
        }
        long number = text.length() == 18 ? Fill.whole(text) : Long.MIN_VALUE;
        if (number > 110_000_000_000_000_000L && number < 200_000_000_000_000_000L) {
            return number / 10_000 - 11_644_473_600_000L;
        }
        int blank = text.indexOf(' ');
        boolean dated = blank > 7 && blank < 12 && text.indexOf('/') > 0;
        return dated && text.length() < 40 ? local(text, blank, zone) : Clock.any(text, zone);
    }

    /** {@code 11/24/2026, 2:15:00.123 AM} or {@code 2026/11/24 10:15:02}. */
    private static long local(String text, int blank, ZoneId zone) {
        String[] date = text.substring(0, blank).replace(",", "").split("/", 4);
        String[] clock = text.substring(blank + 1).strip().split("[ :.]", 6);
        if (date.length != 3 || clock.length < 3) {
            return Clock.NONE;
        }
        boolean yearFirst = date[0].length() == 4;
        long year = Fill.whole(date[yearFirst ? 0 : 2]);
        long month = Fill.whole(date[yearFirst ? 1 : 0]);
        long day = Fill.whole(date[yearFirst ? 2 : 1]);
        long hour = Fill.whole(clock[0]);
        long minute = Fill.whole(clock[1]);
        long second = Fill.whole(clock[2]);
        boolean later = text.endsWith("PM") || text.endsWith("pm");
        boolean half = later || text.endsWith("AM") || text.endsWith("am");
        if (hour < 0 || hour > (half ? 12 : 23) || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return Clock.NONE;
        }
        hour = half ? hour % 12 + (later ? 12 : 0) : hour;
        if (year < 1970 || year > 9999 || month < 1 || day < 1 || month > 12 || day > 31) {
            return Clock.NONE;
        }
        String written =
                String.format(Locale.ROOT, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, hour, minute, second);
        int point = text.indexOf('.', blank);
        int end = point + 1;
        while (point > 0 && end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        String rest = half ? "" : text.substring(Math.max(text.lastIndexOf(' '), blank) + 1);
        String offset = rest.startsWith("+") || rest.startsWith("-") || rest.equals("Z") ? rest : "";
        return Clock.iso(written + (point > 0 ? text.substring(point, end) : "") + offset, zone);
    }
}
