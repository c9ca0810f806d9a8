package org.wanglou.store.events;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.wanglou.model.Event;

/**
 * The event archive, by use: append with offsets, look up, search, count. Thread-safe; {@link #append} is called by one
 * thread.
 */
public interface EventIndex extends AutoCloseable {
    /**
     * Adds events and, in the same commit, the offset each partition goes on from. An event whose id is already there
     * is replaced by itself: appending twice leaves one.
     *
     * @param positions next offset by {@code topic/partition}; other numbers may be kept beside them under other names
     */
    void append(List<Event> events, Map<String, Long> positions);

    /** The offset to go on from for {@code topic/partition}; empty before the first append. */
    OptionalLong position(String topicPartition);

    /** Every number that was kept with an append, by name: offsets, and what else its writer counts. */
    Map<String, Long> positions();

    Optional<Event> get(String id);

    /** Newest first. */
    SearchResult search(EventQuery query);

    /** Events per time bucket, oldest bucket first; {@code buckets} 1 to 500. */
    List<Bucket> histogram(EventQuery query, int buckets);

    /** The most frequent values of a hot field, at most {@code limit}. */
    List<Count> top(EventQuery query, String field, int limit);

    long count();

    /** Deletes events whose time lies before that (milliseconds UTC), durably; returns how many. Thread-safe. */
    long deleteBefore(long millis);

    @Override
    void close();

    /** Total is exact up to 10,000 and a lower bound beyond, as {@code exact} says. */
    record SearchResult(List<Event> events, long total, boolean exact, String nextCursor, long tookMillis) {
        public SearchResult {
            events = List.copyOf(events);
        }
    }

    /** [from, from + span) in milliseconds UTC. */
    record Bucket(long from, long span, long count) {}

    /** One value and how often. */
    record Count(String value, long count) {}

    /**
     * What to find.
     *
     * @param text the query language of DESIGN 8; empty finds all
     * @param from event time, milliseconds UTC, inclusive
     * @param to exclusive
     * @param organizations only events of these units; empty means all
     * @param cursor from a previous answer, empty for the first page
     * @param limit 1 to 1,000
     */
    record EventQuery(String text, long from, long to, List<String> organizations, String cursor, int limit) {
        public EventQuery {
            organizations = List.copyOf(organizations);
        }
    }

    /** Thrown for a query text that cannot be read: names position and remedy. */
    final class BadQuery extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int position;

        public BadQuery(String message, int position) {
            super(message);
            this.position = position;
        }

        /** 0-based character position in the text. */
        public int position() {
            return position;
        }
    }
}
