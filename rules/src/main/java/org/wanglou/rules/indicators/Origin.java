package org.wanglou.rules.indicators;

/**
 * Who says that something is bad. Immutable.
 *
 * @param source name of the feed, the author or the file
 * @param marking to whom it may be passed on, such as {@code TLP:AMBER}; empty when unmarked
 */
public record Origin(String source, String marking) {}
