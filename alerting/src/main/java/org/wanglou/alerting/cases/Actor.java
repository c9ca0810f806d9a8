package org.wanglou.alerting.cases;

/**
 * Who gives a command.
 *
 * @param name account name, written into notes and the ledger
 * @param role the account's role, written into the ledger; which role may do what is decided before the desk
 * @param organization root of the units the account sees, empty for all
 */
public record Actor(String name, String role, String organization) {
    public Actor {
        if (name.isBlank() || name.equals("machine")) {
            throw new IllegalArgumentException("an actor is a named account other than machine");
        }
    }
}
