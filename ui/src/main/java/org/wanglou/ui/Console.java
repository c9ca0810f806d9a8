package org.wanglou.ui;

import java.time.Clock;
import java.util.List;
import org.wanglou.model.Meters;

/** The console: built inert, serving between {@link #start} and {@link #close}. Thread-safe. */
public final class Console implements AutoCloseable {
    /** An account that was given a one-time link. */
    public record FirstLink(String account, String displayName, String link) {}

    public Console(ConsoleConfig config, ConsoleParts parts, Clock clock, Meters meters) {}

    /** Binds and serves. */
    public void start() {}

    /** The bound port. */
    public int port() {
        return 0;
    }

    /** Where it is reached, without trailing slash: {@code https://host:port}. */
    public String url() {
        return "";
    }

    /** A full URL by which that account can be entered once within 30 minutes. */
    public String oneTimeLink(String account) {
        return url() + "/enter#" + account;
    }

    /**
     * Creates the administrators (system, security, audit; in demo mode an operator too) where there are none, and gives a
     * one-time link to each of them that has no password yet; in demo mode to each.
     */
    public List<FirstLink> firstStart() {
        return List.of();
    }

    /** Stops accepting, ends live streams, waits up to five seconds for answers in work. */
    @Override
    public void close() {}
}
