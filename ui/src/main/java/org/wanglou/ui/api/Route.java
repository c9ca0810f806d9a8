package org.wanglou.ui.api;

/**
 * One line of the table of routes. Immutable.
 *
 * @param method GET, POST or PUT
 * @param path below {@code /api/v1}, with {@code {names}}
 * @param permission who may
 * @param endpoint what answers
 */
public record Route(String method, String path, Permission permission, Endpoint endpoint) {
    /** Before this, every path. */
    public static final String BASE = "/api/v1";

    public boolean changes() {
        return !method.equals("GET");
    }

    /** Whether an account without a password may use it, to get one. */
    public boolean beforePassword() {
        return permission == Permission.OPEN
                || path.equals("/me")
                || path.equals("/me/password")
                || path.equals("/sign-out");
    }
}
