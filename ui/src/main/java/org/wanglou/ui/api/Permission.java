package org.wanglou.ui.api;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.wanglou.store.accounts.Role;

/**
 * Who may do what: the one table of roles and rights. The three administrators exclude each other (三员分立): system makes
 * accounts and sees no case, security sees and regrades, audit verifies.
 */
public enum Permission {
    /** Anybody, without a session. */
    OPEN(""),
    /** Every account that is signed in. */
    SESSION("", Role.values()),
    CASES_READ("cases.read", Role.OPERATOR, Role.SECURITY, Role.AUDIT),
    CASES_ACT("cases.act", Role.OPERATOR),
    CASES_OVERRIDE("cases.override", Role.OPERATOR, Role.SECURITY),
    EVENTS_READ("events.read", Role.OPERATOR, Role.SECURITY),
    EVIDENCE_READ("evidence.read", Role.OPERATOR, Role.SECURITY, Role.AUDIT),
    REPORTS_READ("reports.read", Role.OPERATOR, Role.SECURITY, Role.AUDIT),
    REPORTS_MAKE("reports.make", Role.OPERATOR),
    HEALTH_READ("health.read", Role.values()),
    ACCOUNTS_MANAGE("accounts.manage", Role.SYSTEM),
    AUDIT_READ("audit.read", Role.AUDIT),
    LEDGER_CHECK("ledger.check", Role.AUDIT),
    LEDGER_EXPORT("ledger.export", Role.AUDIT),
    REGISTRY_READ("registry.read", Role.OPERATOR, Role.SECURITY),
    /** Counters for a monitoring system: its bearer token, or these roles. Not for pages, so not among the words. */
    METRICS("", Role.SYSTEM, Role.AUDIT);

    private final String word;
    private final Set<Role> roles;

    Permission(String word, Role... roles) {
        this.word = word;
        this.roles = roles.length == 0 ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(List.of(roles));
    }

    /** As in {@code me.permissions}; empty for what is no page's matter. */
    public String word() {
        return word;
    }

    public boolean allows(Role role) {
        return this == OPEN || roles.contains(role);
    }

    /** The words a role has. */
    public static List<String> words(Role role) {
        return Arrays.stream(values())
                .filter(permission -> !permission.word.isEmpty() && permission.allows(role))
                .map(Permission::word)
                .toList();
    }
}
