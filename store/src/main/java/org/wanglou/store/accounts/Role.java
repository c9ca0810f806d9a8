package org.wanglou.store.accounts;

import java.util.Locale;
import java.util.Optional;

/** What an account may do; exactly one per account. */
public enum Role {
    SYSTEM("系统管理员"),
    SECURITY("安全管理员"),
    AUDIT("审计管理员"),
    OPERATOR("值班员");

    private final String chinese;

    Role(String chinese) {
        this.chinese = chinese;
    }

    public String chinese() {
        return chinese;
    }

    /** Lower case, as in the database and in the console's API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #word()}. */
    public static Optional<Role> of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
