package org.wanglou.rules.indicators.warning;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wanglou.model.registry.PrefixMap;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.value.Domains;
import org.wanglou.rules.indicators.value.Urls;

/** All warning lists as one. Immutable; thread-safe. */
public final class Warninglists {
    /** None at all. */
    public static final Warninglists NONE = new Builder().build();

    /** How entries of a list are meant (MISP's schema). */
    public enum Kind {
        STRING,
        SUBSTRING,
        HOSTNAME,
        CIDR,
        REGEX
    }

    private record Substring(String text, String list) {}

    private record Expression(Pattern pattern, String list) {}

    /** The lists for one type of indicator. */
    private static final class Shelf {
        private final Map<String, String> strings = new HashMap<>();
        private final Map<String, String> hosts = new HashMap<>();
        private final Map<String, List<Substring>> substrings = new HashMap<>();
        private final List<Expression> expressions = new ArrayList<>();
    }

    private final Map<IndicatorType, Shelf> shelves;
    private final PrefixMap<String> blocks;
    private final int entries;

    private Warninglists(Map<IndicatorType, Shelf> shelves, PrefixMap<String> blocks, int entries) {
        this.shelves = shelves;
        this.blocks = blocks;
        this.entries = entries;
    }

    /** Entries of all lists. */
    public int entries() {
        return entries;
    }

    /**
     * The list a value stands on.
     *
     * @param value canonical, or as an event has it; a block stands on a list of blocks when it lies in one of them
     */
    public Optional<String> holding(IndicatorType type, String value) {
        if (entries == 0) {
            return Optional.empty();
        }
        if (type == IndicatorType.IP) {
            return block(value).or(() -> text(type, value));
        }
        String host = host(type, value);
        if (!host.isEmpty()) {
            Optional<String> held = blocks.find(host).or(() -> hostname(type, host));
            if (held.isPresent()) {
                return held;
            }
        }
        return text(type, value);
    }

    private Optional<String> block(String value) {
        int slash = value.indexOf('/');
        if (slash < 0) {
            return blocks.find(value);
        }
        // A block lies in a listed one when its first and its last address do, for the lists are of whole blocks.
        return blocks.find(value.substring(0, slash)).filter(list -> Blocks.last(value)
                .flatMap(blocks::find)
                .filter(list::equals)
                .isPresent());
    }

    private static String host(IndicatorType type, String value) {
        return switch (type) {
            case DOMAIN -> Domains.canonical(value).orElse("");
            case URL, URL_PREFIX -> Urls.parse(value).map(Urls.Parts::host).orElse("");
            case EMAIL ->
                Domains.canonical(value.substring(value.lastIndexOf('@') + 1)).orElse("");
            default -> "";
        };
    }

    private Optional<String> hostname(IndicatorType type, String host) {
        Shelf shelf = shelves.get(type);
        String rest = shelf == null || shelf.hosts.isEmpty() ? "" : host;
        while (!rest.isEmpty()) {
            String list = shelf == null ? null : shelf.hosts.get(rest);
            if (list != null) {
                return Optional.of(list);
            }
            int dot = rest.indexOf('.');
            rest = dot < 0 ? "" : rest.substring(dot + 1);
        }
        return Optional.empty();
    }

    private Optional<String> text(IndicatorType type, String value) {
        Shelf shelf = shelves.get(type);
        if (shelf == null) {
            return Optional.empty();
        }
        String lower = value.toLowerCase(Locale.ROOT);
        String held = shelf.strings.get(lower);
        if (held == null && type == IndicatorType.URL_PREFIX || held == null && type == IndicatorType.URL) {
            held = shelf.strings.get(Urls.parse(value).map(Urls.Parts::text).orElse(lower));
        }
        if (held != null) {
            return Optional.of(held);
        }
        if (!shelf.substrings.isEmpty()) {
            for (int i = 0; i < lower.length(); i++) {
                String head = lower.substring(i, Math.min(lower.length(), i + Builder.HEAD));
                for (Substring one : shelf.substrings.getOrDefault(head, List.of())) {
                    if (lower.startsWith(one.text, i)) {
                        return Optional.of(one.list);
                    }
                }
            }
        }
        return shelf.expressions.stream()
                .filter(one -> one.pattern.matcher(value).find())
                .map(Expression::list)
                .findFirst();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects entries. Confined to its thread. */
    public static final class Builder {
        private static final int HEAD = 3;
        private static final int EXPRESSIONS_MAX = 1_000;

        private final Map<IndicatorType, Shelf> shelves = new EnumMap<>(IndicatorType.class);
        private final PrefixMap.Builder<String> blocks = PrefixMap.builder();
        private int entries;
        private int expressions;

        /**
         * Adds one entry; of two lists with the same entry the first is named.
         *
         * @param types that the list is about
         * @throws IllegalArgumentException naming what is wrong with the entry
         */
        public void add(String list, Kind kind, Set<IndicatorType> types, String entry) {
            String lower = entry.strip().toLowerCase(Locale.ROOT);
            if (lower.isEmpty()) {
                throw new IllegalArgumentException("an entry is empty");
            }
            if (kind == Kind.CIDR || types.contains(IndicatorType.IP) && Blocks.isAddress(lower)) {
                blocks.put(lower, list);
                entries++;
                return;
            }
            Pattern pattern = kind == Kind.REGEX ? expression(entry) : Pattern.compile("");
            String host = Domains.canonical(lower.startsWith(".") ? lower.substring(1) : lower)
                    .orElse(lower);
            for (IndicatorType type : types) {
                Shelf shelf = shelves.computeIfAbsent(type, fresh -> new Shelf());
                switch (kind) {
                    case HOSTNAME -> shelf.hosts.putIfAbsent(host, list);
                    case SUBSTRING ->
                        shelf.substrings
                                .computeIfAbsent(
                                        lower.substring(0, Math.min(HEAD, lower.length())), head -> new ArrayList<>())
                                .add(new Substring(lower, list));
                    case REGEX -> shelf.expressions.add(new Expression(pattern, list));
                    default -> shelf.strings.putIfAbsent(type == IndicatorType.DOMAIN ? host : lower, list);
                }
            }
            entries++;
        }

        private Pattern expression(String entry) {
            if (++expressions > EXPRESSIONS_MAX) {
                throw new IllegalArgumentException("more than " + EXPRESSIONS_MAX + " regular expressions");
            }
            boolean slashes = entry.length() > 2 && entry.startsWith("/") && entry.lastIndexOf('/') > 0;
            String bare = slashes ? entry.substring(1, entry.lastIndexOf('/')) : entry;
            boolean anyCase = slashes && entry.endsWith("i");
            try {
                return Pattern.compile(bare, anyCase ? Pattern.CASE_INSENSITIVE : 0);
            } catch (com.google.re2j.PatternSyntaxException e) {
                throw new IllegalArgumentException("no regular expression of RE2: " + e.getMessage(), e);
            }
        }

        public Warninglists build() {
            return new Warninglists(shelves, blocks.build(), entries);
        }
    }
}
