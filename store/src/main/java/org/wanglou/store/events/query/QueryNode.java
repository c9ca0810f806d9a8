package org.wanglou.store.events.query;

import java.util.List;

/** A query as a tree. Immutable. */
public sealed interface QueryNode {
    /** Finds everything. */
    record All() implements QueryNode {}

    /** All of these hold. */
    record And(List<QueryNode> nodes) implements QueryNode {
        public And {
            nodes = List.copyOf(nodes);
        }
    }

    /** At least one of these holds. */
    record Or(List<QueryNode> nodes) implements QueryNode {
        public Or {
            nodes = List.copyOf(nodes);
        }
    }

    /** This does not hold. */
    record Not(QueryNode node) implements QueryNode {}

    /** Words next to each other in the event's text. */
    record Words(String words) implements QueryNode {}

    /** A word of the event's text by pattern: {@code *} any characters, {@code ?} one; no escapes left inside. */
    record WordPattern(String pattern) implements QueryNode {}

    /** The field has this value, letters compared without case; addresses are canonical. */
    record Term(HotField field, String value) implements QueryNode {}

    /** A keyword by pattern: {@code *} any characters, {@code ?} one. */
    record Pattern(HotField field, String pattern) implements QueryNode {}

    /** The field has any value at all. */
    record Exists(HotField field) implements QueryNode {}

    /** An address between two addresses of the same family, both inclusive, canonical text; a CIDR prefix is one such. */
    record AddressRange(HotField field, String from, String to) implements QueryNode {}

    /** A number or time between the two, both inclusive. */
    record NumberRange(HotField field, long from, long to) implements QueryNode {}
}
