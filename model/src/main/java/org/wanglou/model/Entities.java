package org.wanglou.model;

/**
 * Whom and what a signal is about. Empty strings where unknown.
 *
 * @param source acting address
 * @param target address or host acted upon
 * @param user account name or token
 * @param asset asset id of the registry
 * @param organization organisation id, {@code unassigned} when 未归属
 */
public record Entities(String source, String target, String user, String asset, String organization) {
    public static final Entities NONE = new Entities("", "", "", "", "unassigned");
}
