package org.wanglou.sensors.format.cn;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Put;

/**
 * What devices call their fields, English and Chinese: the rows of {@code format/names.tsv}, and which field of ECS each
 * name stands for. Where two names of a line mean the same field the first has it. Immutable.
 */
public final class Names {
    /** A field, and how it is read. */
    record Target(String field, Put put) {}

    private static final Names BUILT_IN = builtIn();

    private final Map<String, Target> targets;

    private Names(Map<String, Target> targets) {
        this.targets = Map.copyOf(targets);
    }

    /** The names that mean the same with every vendor. */
    public static Names common() {
        return BUILT_IN;
    }

    private static Names builtIn() {
        return new Names(Map.of()).with("format/names.tsv", resource("/format/names.tsv"));
    }

    static String resource(String path) {
        try (InputStream in = Names.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * These names and, before them, those of a table: rows of a target, a tab, and names parted by {@code ;}.
     *
     * @throws IllegalArgumentException naming file and line of a row that is none
     */
    Names with(String file, String table) {
        Map<String, Target> own = new HashMap<>();
        int number = 0;
        for (String line : table.split("\r?\n", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int tab = line.indexOf('\t');
            Target target = tab < 1 ? null : Targets.of(line.substring(0, tab));
            if (target == null) {
                throw new IllegalArgumentException(file + ":" + number + ": not a target, a tab and names");
            }
            for (String name : line.substring(tab + 1).strip().split(";")) {
                own.putIfAbsent(plain(name), target);
            }
        }
        Map<String, Target> all = new HashMap<>(targets);
        all.putAll(own);
        return new Names(all);
    }

    /** Small letters and digits alone: {@code Src-IP}, {@code src_ip} and {@code srcIp} are one name. */
    static String plain(String key) {
        boolean done = true;
        for (int i = 0; i < key.length() && done; i++) {
            char c = key.charAt(i);
            done = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= '\u4e00' && c <= '\u9fff';
        }
        if (done) {
            return key;
        }
        StringBuilder plain = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '(' && i > 0) {
                break; // H3C's number, a unit
            }
            if (Character.isLetterOrDigit(c)) {
                plain.append(c);
            }
        }
        return plain.toString().toLowerCase(Locale.ROOT);
    }

    boolean knows(String key) {
        return targets.containsKey(plain(key));
    }

    /** Whether a name means the message. */
    boolean message(String key) {
        Target target = targets.get(plain(key));
        return target != null && target.field.equals("message");
    }

    /** Sets the field a name stands for, or keeps the value under a prefix and the name. */
    void set(Event.Builder event, String prefix, String key, String value, ZoneId zone) {
        if (Targets.nothing(value)) {
            return;
        }
        Target target = targets.get(plain(key));
        if (target == Targets.SECRET) {
            hide(event, key, value);
            return;
        }
        if (target != null && (target.field.isEmpty() || event.get(target.field) == null)) {
            target.put.text(event, value, zone);
            if (target.field.isEmpty() || event.get(target.field) != null) {
                return;
            }
        }
        String kept = kept(key);
        if (!kept.isEmpty() && !value.equals(target == null ? null : event.get(target.field))) {
            event.set(prefix + kept, value);
        }
    }

    /** What a name is kept as: no blanks and points, at most 64 characters. */
    private static String kept(String key) {
        StringBuilder kept = new StringBuilder(key.length());
        for (int i = 0; i < key.length() && i < 64; i++) {
            char c = key.charAt(i);
            kept.append(c <= ' ' || c == '.' ? '_' : c);
        }
        return kept.toString();
    }

    /** A password is kept nowhere, not in the original line either. */
    private static void hide(Event.Builder event, String key, String value) {
        Pattern secret = Pattern.compile(
                "(" + Pattern.quote(key) + "[\"\\]】)]{0,2}\\s{0,2}[=:：/]\\s{0,2}[\"'\\[]?)" + Pattern.quote(value));
        for (var field : List.of(Ecs.EVENT_ORIGINAL, Ecs.MESSAGE)) {
            if (event.get(field) instanceof String text) {
                event.set(field, secret.matcher(text).replaceAll("$1***"));
            }
        }
    }
}
