package org.wanglou.model;

/**
 * One field of the Elastic Common Schema that Wanglou keeps in a slot of its own.
 *
 * @param name the dotted ECS name, such as {@code source.ip}
 * @param type what values the slot holds
 * @param slot index into an event's array, dense from 0
 */
public record Field(String name, Type type, int slot) {

    /** The Java shape of a field's value. */
    public enum Type {
        /** {@code String}. */
        TEXT,
        /** {@code Long}. */
        NUMBER,
        /** {@code String} holding an IPv4 or IPv6 address in canonical text form (RFC 5952). */
        ADDRESS,
        /** {@code List<String>}. */
        TEXTS,
        /** {@code Long}: milliseconds since 1970-01-01T00:00:00Z; ISO 8601 with Z on the wire. */
        TIME
    }
}
