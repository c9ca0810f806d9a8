package org.wanglou.sensors.format.cn;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Words;

/**
 * A device that is one file, {@code format/cn/<name>.sheet}: who made it, by which marks its lines are known, how its pairs
 * are written where that is not told from the text, and the names that mean something else with it than with others.
 *
 * <p>Rows of a word, a tab and a value: {@code vendor}, {@code product}, {@code type} (observer.type), {@code dataset},
 * {@code marks} (a row for each kind of line, parts parted by blanks that must all be there, within the first 400
 * characters for the first), {@code sign}, {@code separator}, {@code kind} (alert), {@code category} of an alert, {@code
 * head} (the field that takes the word before the first pair); every other row is one of names as in {@code names.tsv}.
 * Immutable.
 */
public final class Sheet implements Message {
    private static final int HEAD = 400;

    private final Names names;
    private final String prefix;
    private final Map<String, String> is;
    private final List<String[]> marks;

    private Sheet(Names names, Map<String, String> is, List<String[]> marks) {
        this.names = names;
        this.is = is;
        this.marks = marks;
        this.prefix = is.getOrDefault("dataset", "") + '.';
    }

    /**
     * @param name the format's
     * @throws IllegalArgumentException naming file and line of a row that is none
     */
    public static Sheet of(String name) {
        String path = "/format/cn/" + name + ".sheet";
        return read(path, Names.resource(path));
    }

    static Sheet read(String file, String text) {
        Map<String, String> is = new HashMap<>();
        List<String[]> marks = new ArrayList<>();
        StringBuilder rest = new StringBuilder();
        for (String line : text.split("\r?\n", -1)) {
            int tab = line.startsWith("#") ? -1 : line.indexOf('\t');
            String word = tab < 0 ? "" : line.substring(0, tab);
            boolean own = true;
            switch (word) {
                case "vendor", "product", "type", "dataset", "sign", "separator", "kind", "category", "head" ->
                    is.put(word, line.substring(tab + 1).strip());
                case "marks" -> marks.add(line.substring(tab + 1).strip().split(" +"));
                default -> own = false;
            }
            rest.append(own ? "" : line).append('\n');
        }
        if (marks.isEmpty() || !is.containsKey("vendor") || !is.containsKey("dataset")) {
            throw new IllegalArgumentException(file + ": a sheet needs rows for vendor, dataset and marks");
        }
        return new Sheet(Names.common().with(file, rest.toString()), Map.copyOf(is), List.copyOf(marks));
    }

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        if (!marked(text)) {
            return false;
        }
        String sign = is.getOrDefault("sign", "");
        String separator = is.getOrDefault("separator", "");
        String plain = Signs.plain(text);
        Written written = sign.isEmpty()
                ? Written.of(text, names)
                : separator.isEmpty()
                        ? Written.of(text, sign.charAt(0), names)
                        : Written.parted(text, plain, sign.charAt(0), separator, names);
        if (written.pairs().size() < 2) {
            return false;
        }
        if (is.containsKey("head")) {
            head(plain.substring(0, written.from()), event);
        }
        Meaning.pairs(written, names, prefix, event, zone);
        host(event);
        finish(event, zone);
        return true;
    }

    /** The last word of the text before the pairs, without the signs that part the two. */
    private void head(String text, Event.Builder event) {
        int to = text.length();
        while (to > 0 && " :(;,|-[\t".indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        int from = to;
        while (from > 0 && " :;,|\t".indexOf(text.charAt(from - 1)) < 0) {
            from--;
        }
        if (from > 1 && text.charAt(from - 1) == ':' && event.get(Ecs.PROCESS_NAME) == null) {
            int tag = text.lastIndexOf(' ', from - 1) + 1;
            event.set(Ecs.PROCESS_NAME, tag < from - 1 ? text.substring(tag, from - 1) : null);
        }
        Object program = event.get(Ecs.PROCESS_NAME);
        if (to > from && to - from <= 64) {
            event.set(is.getOrDefault("head", ""), text.substring(from, to));
        } else if (program != null) {
            event.set(is.getOrDefault("head", ""), program);
        }
    }

    /** {@code H3C;110104700118;ipv4;3;} in the place of a host: its name and its serial number. */
    private static void host(Event.Builder event) {
        if (event.get(Ecs.HOST_NAME) instanceof String host && host.indexOf(';') > 0) {
            String[] parts = host.split(";", 4);
            event.set(Ecs.HOST_NAME, parts[0]).set(Ecs.HOST_HOSTNAME, parts[0]).set("observer.serial_number", parts[1]);
        }
    }

    private void finish(Event.Builder event, ZoneId zone) {
        Object kind = event.get(Ecs.EVENT_KIND);
        Words.dataset(event, is.getOrDefault("dataset", ""));
        Words.observer(
                event,
                is.getOrDefault("vendor", ""),
                is.getOrDefault("product", ""),
                is.getOrDefault("type", "network"));
        if ("alert".equals(kind) || "alert".equals(is.get("kind"))) {
            event.set(Ecs.EVENT_KIND, "alert");
        }
        Meaning.finish(event, zone);
        String category = is.getOrDefault("category", "");
        if (!category.isEmpty() && "alert".equals(event.get(Ecs.EVENT_KIND))) {
            event.set(Ecs.EVENT_CATEGORY, List.of(category.split(",")));
        }
    }

    private boolean marked(String text) {
        for (String[] all : marks) {
            int first = text.indexOf(all[0]);
            boolean here = first >= 0 && first <= HEAD;
            for (int i = 1; i < all.length && here; i++) {
                here = text.contains(all[i]);
            }
            if (here) {
                return true;
            }
        }
        return false;
    }
}
