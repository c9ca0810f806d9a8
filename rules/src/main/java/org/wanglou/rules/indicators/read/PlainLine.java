package org.wanglou.rules.indicators.read;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.wanglou.model.Addresses;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.value.Defanged;

/**
 * A line of a list without heading, and what its values look like. Immutable.
 *
 * @param reason why there is none, as for comments; empty otherwise
 */
record PlainLine(List<Value> values, String comment, String reason) {
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{32,128}");
    private static final Pattern PORT = Pattern.compile("(.*[^:\\]]|\\[.*]):(\\d{1,5})");
    private static final Pattern NULL_HOST = Pattern.compile("(0\\.0\\.0\\.0|127\\.0\\.0\\.1|::1?)\\s+(\\S.*)");

    /** One value; {@code port} 0: any. */
    record Value(IndicatorType type, String text, int port) {}

    PlainLine {
        values = List.copyOf(values);
    }

    static PlainLine of(String line) {
        String content = line;
        String comment = "";
        int hash = content.indexOf(" #");
        int tab = content.indexOf("\t#");
        int cut = hash < 0 ? tab : tab < 0 ? hash : Math.min(hash, tab);
        if (cut >= 0) {
            comment = content.substring(cut + 2).strip();
            content = content.substring(0, cut).strip();
        }
        if (content.isEmpty()) {
            return none("a comment");
        }
        if (content.startsWith("||") || content.startsWith("@@") || content.startsWith("!") || isRule(content)) {
            return adblock(content);
        }
        if (content.startsWith("//") || content.startsWith(";") || content.matches("\\[[A-Z].* .*]|\\[uBlock.*]")) {
            return none("a comment");
        }
        var nullHost = NULL_HOST.matcher(content);
        if (nullHost.matches()) {
            return hosts(nullHost.group(2), comment);
        }
        return new PlainLine(List.of(value(content)), comment, "");
    }

    private static PlainLine none(String reason) {
        return new PlainLine(List.of(), "", reason);
    }

    private static boolean isRule(String content) {
        return content.contains("##") || content.contains("#@#") || content.contains("$") || content.contains("*");
    }

    /** {@code ||name^} with options, or {@code ||name/path}; other rules say what a browser shows, not where it goes. */
    private static PlainLine adblock(String content) {
        int dollar = content.indexOf('$');
        String body = dollar < 0 ? content : content.substring(0, dollar);
        if (content.startsWith("!")) {
            return none("a comment");
        }
        if (content.startsWith("*.") && content.lastIndexOf('*') == 0 && dollar < 0) {
            return new PlainLine(List.of(new Value(IndicatorType.DOMAIN, content, 0)), "", "");
        }
        if (!body.startsWith("||")) {
            return none("a rule of an ad blocker without a host");
        }
        String inside = body.substring(2);
        if (inside.endsWith("^") || inside.endsWith("^*")) {
            inside = inside.substring(0, inside.lastIndexOf('^'));
        }
        if (inside.contains("*") || inside.contains("^") || inside.contains("##")) {
            return none("a rule of an ad blocker with wildcards");
        }
        return new PlainLine(List.of(value(inside)), "", "");
    }

    private static PlainLine hosts(String names, String comment) {
        List<Value> values = new ArrayList<>();
        for (String name : names.strip().split("\\s+", 64)) {
            if (!name.matches("localhost(\\..*)?|broadcasthost|local|ip6-.*|0\\.0\\.0\\.0")) {
                values.add(new Value(IndicatorType.DOMAIN, name, 0));
            }
        }
        return values.isEmpty() ? none("this machine's own name") : new PlainLine(values, comment, "");
    }

    /** A value by its looks. */
    static Value value(String written) {
        String text = Defanged.undo(written);
        if (text.contains("://")) {
            return new Value(IndicatorType.URL, text, 0);
        }
        if (HEX.matcher(text).matches()) {
            return new Value(IndicatorType.HASH, text, 0);
        }
        if (isAddress(text)) {
            return new Value(IndicatorType.IP, text, 0);
        }
        var port = PORT.matcher(text);
        if (port.matches() && text.indexOf('/') < 0) {
            String host = port.group(1);
            IndicatorType type = isAddress(host) ? IndicatorType.IP : IndicatorType.DOMAIN;
            int number = Integer.parseInt(port.group(2));
            return new Value(type, host, number > 65_535 ? 0 : number);
        }
        if (text.startsWith("/")) {
            return new Value(IndicatorType.URL_PATH, text, 0);
        }
        if (text.indexOf('@') > 0 && text.indexOf('/') < 0) {
            return new Value(IndicatorType.EMAIL, text, 0);
        }
        return new Value(text.indexOf('/') > 0 ? IndicatorType.URL_PREFIX : IndicatorType.DOMAIN, text, 0);
    }

    private static boolean isAddress(String text) {
        int slash = text.indexOf('/');
        String head = slash < 0 ? text : text.substring(0, slash);
        String bare = head.startsWith("[") && head.endsWith("]") ? head.substring(1, head.length() - 1) : head;
        return Addresses.parse(bare).isPresent()
                && (slash < 0 || text.substring(slash + 1).matches("\\d{1,3}"));
    }
}
