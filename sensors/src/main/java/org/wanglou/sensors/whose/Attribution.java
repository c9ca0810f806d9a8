package org.wanglou.sensors.whose;

/**
 * Whose an event is, and why.
 *
 * @param organization id of the unit, {@code unassigned} when 未归属
 * @param basis by what it was told, or why it could not be; from a closed set
 * @param inner the inner address behind a translated one; empty when none was looked up
 */
public record Attribution(String organization, String basis, String inner) {
    /** What 未归属 is on the wire. */
    public static final String UNASSIGNED = "unassigned";

    static Attribution of(String organization, String basis) {
        return new Attribution(organization, basis, "");
    }

    static Attribution none(String reason) {
        return new Attribution(UNASSIGNED, reason, "");
    }

    public boolean assigned() {
        return !organization.equals(UNASSIGNED);
    }
}
