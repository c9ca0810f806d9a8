package org.wanglou.rules.indicators.value;

import com.google.common.net.InternetDomainName;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names under which anybody may register, such as {@code com.cn} or {@code github.io}: an indicator on one would condemn
 * all who are below it. Immutable; thread-safe.
 */
public final class PublicSuffixes {
    private static final PublicSuffixes BUILT_IN = new PublicSuffixes(Set.of(), Set.of(), Set.of());

    private final Set<String> names;
    private final Set<String> wildcards;
    private final Set<String> exceptions;

    private PublicSuffixes(Set<String> names, Set<String> wildcards, Set<String> exceptions) {
        this.names = names;
        this.wildcards = wildcards;
        this.exceptions = exceptions;
    }

    /** The list as the library has it (Guava, of its release's day). */
    public static PublicSuffixes builtIn() {
        return BUILT_IN;
    }

    /** A list in the format of publicsuffix.org, which an operator keeps fresher than the library's; both count. */
    public static PublicSuffixes read(String text) {
        Set<String> names = new HashSet<>();
        Set<String> wildcards = new HashSet<>();
        Set<String> exceptions = new HashSet<>();
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//"))
                .forEach(line -> {
                    String rule = line.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
                    Set<String> set = rule.startsWith("!") ? exceptions : rule.startsWith("*.") ? wildcards : names;
                    String name =
                            rule.startsWith("!") ? rule.substring(1) : rule.startsWith("*.") ? rule.substring(2) : rule;
                    Domains.canonical(name).ifPresent(set::add);
                });
        return new PublicSuffixes(Set.copyOf(names), Set.copyOf(wildcards), Set.copyOf(exceptions));
    }

    /** Whether a canonical name is a public suffix; a single label is one. */
    public boolean holds(String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            return true;
        }
        if (exceptions.contains(name)) {
            return false;
        }
        if (names.contains(name) || wildcards.contains(name.substring(dot + 1))) {
            return true;
        }
        return InternetDomainName.isValid(name) && InternetDomainName.from(name).isPublicSuffix();
    }
}
