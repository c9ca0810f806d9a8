package org.wanglou.store.accounts;

/**
 * One person's account, without its secrets. Immutable.
 *
 * @param name unique, lower case
 * @param displayName as shown
 * @param role the one role it has
 * @param organization id of the unit whose subtree it sees; empty means all
 * @param locale {@code zh-CN} or {@code en}
 * @param hasPassword false until one is set: it can then be entered by a one-time link only
 * @param hasTotp whether signing in asks for a second factor
 * @param disabled whether it is closed
 * @param lockedUntil milliseconds UTC, 0 when not locked
 */
public record Account(
        String name,
        String displayName,
        Role role,
        String organization,
        String locale,
        boolean hasPassword,
        boolean hasTotp,
        boolean disabled,
        long lockedUntil) {}
