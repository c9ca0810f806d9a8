package org.wanglou.rules.sigma.read;

import org.wanglou.rules.sigma.LogSource;

/** What is known of log sources. Stateless. */
public final class LogSources {
    private LogSources() {}

    /** True when every part of a log source is explained by {@code scopes.yml}, and none is guessed by its name. */
    public static boolean explained(LogSource source) {
        return Scopes.explained(source);
    }
}
