package org.wanglou.sensors.format.vary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Renders messages as Windows does, in English or Chinese, from {@code windows-messages.txt}. */
final class WindowsMessages {
    private static final Map<Integer, List<String>> TEMPLATES = read();
    private static final Map<String, String[]> CODES = Map.of(
            "%%1833", new String[] {"Impersonation", "模拟"},
            "%%1936", new String[] {"TokenElevationTypeDefault (1)", "TokenElevationTypeDefault (1)"},
            "%%2313", new String[] {"Unknown user name or bad password.", "未知用户名或密码错误。"});

    private WindowsMessages() {}

    private static Map<Integer, List<String>> read() {
        Map<Integer, List<String>> templates = new HashMap<>();
        try (InputStream in = WindowsMessages.class.getResourceAsStream("/windows-messages.txt")) {
            List<String> lines = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("=")) {
                    lines = new ArrayList<>();
                    for (String code : line.substring(1, line.indexOf(' ')).split(",")) {
                        templates.put(Integer.parseInt(code), lines);
                    }
                }
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return templates;
    }

    /** Whether there is a template, or the fields are labelled by their names. */
    static boolean renders(WindowsRecord one) {
        return TEMPLATES.containsKey(one.code()) || one.provider().endsWith("Sysmon");
    }

    /** The fields that the message tells. */
    static Set<String> told(WindowsRecord one) {
        if (one.provider().endsWith("Sysmon")) {
            return one.data().keySet();
        }
        Set<String> told = new TreeSet<>();
        for (String line : TEMPLATES.get(one.code())) {
            if (line.startsWith("- ")) {
                told.add(line.substring(line.lastIndexOf('|') + 2));
            }
        }
        return told;
    }

    /** With line ends and tabs, as the event viewer shows it. */
    static String text(WindowsRecord one, boolean chinese) {
        StringBuilder text = new StringBuilder();
        if (one.provider().endsWith("Sysmon")) {
            text.append("Process Create:");
            one.data()
                    .forEach((name, value) ->
                            text.append("\r\n").append(name).append(": ").append(value));
            return text.toString();
        }
        for (String line : TEMPLATES.get(one.code())) {
            String[] parts = line.substring(2).split(" \\| ");
            switch (line.charAt(0)) {
                case '=' -> text.append(parts[chinese ? 2 : 1]).append("\r\n");
                case '>' -> text.append("\r\n").append(parts[chinese ? 1 : 0]).append(":\r\n");
                default -> {
                    String value = one.data().getOrDefault(parts[2], "-");
                    value = CODES.containsKey(value) ? CODES.get(value)[chinese ? 1 : 0] : value;
                    text.append('\t')
                            .append(parts[chinese ? 1 : 0])
                            .append(":\t\t")
                            .append(value)
                            .append("\r\n");
                }
            }
        }
        String end = chinese ? "在已登录的计算机上创建登录会话时，将生成此事件。" : "This event is generated when a session is created.";
        if (one.code() == 4688) {
            end = chinese ? "令牌提升类型表示分配给新进程的令牌类型。" : "Token Elevation Type indicates the type of token.";
        }
        return text.append("\r\n").append(end).toString();
    }
}
