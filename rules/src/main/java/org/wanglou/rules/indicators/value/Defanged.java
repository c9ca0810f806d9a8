package org.wanglou.rules.indicators.value;

import java.util.regex.Pattern;

/** Values written so that nobody clicks on them by mistake: {@code hxxp://bad[.]example}. Stateless. */
public final class Defanged {
    private static final Pattern SCHEME = Pattern.compile("^(?i)(hxxp|hXXp|h\\*\\*p|meow|fxp)(s?)(?=[:\\[(])");
    private static final Pattern COLON = Pattern.compile("\\[:]//|\\(:\\)//|:\\[//]|\\[://]");
    private static final Pattern DOT =
            Pattern.compile("\\[\\.]|\\(\\.\\)|\\{\\.}|\\[dot]|\\(dot\\)|\\[,]", Pattern.CASE_INSENSITIVE);
    private static final Pattern AT = Pattern.compile("\\[@]|\\[at]|\\(at\\)", Pattern.CASE_INSENSITIVE);

    private Defanged() {}

    /** The value as it is meant. */
    public static String undo(String written) {
        String text = written.strip();
        if (text.length() > 4) {
            var scheme = SCHEME.matcher(text);
            if (scheme.find()) {
                String meant = scheme.group(1).equalsIgnoreCase("fxp") ? "ftp" : "http";
                text = meant + scheme.group(2).toLowerCase(java.util.Locale.ROOT) + text.substring(scheme.end());
            }
        }
        if (text.indexOf('[') < 0 && text.indexOf('(') < 0 && text.indexOf('{') < 0) {
            return text;
        }
        // [2001:db8::1] is an address, not a disguise.
        text = COLON.matcher(text).replaceAll("://");
        text = DOT.matcher(text).replaceAll(".");
        return AT.matcher(text).replaceAll("@");
    }
}
