package org.wanglou.ui.api;

import org.wanglou.model.registry.Responsibility;

/**
 * Who answers for something, with name and contact masked: 张*, 138****1234, z***@example.edu. Whoever must reach the person
 * has the list on paper; the console's pages are not where telephone numbers are collected from. Immutable.
 */
public record Duty(String duty, String name, String contact) {
    /** @param of what the duty is about, empty for the unit itself */
    public static Duty of(String of, Responsibility responsibility) {
        return new Duty(
                of.isEmpty() ? responsibility.duty() : of + "·" + responsibility.duty(),
                name(responsibility.name()),
                contact(responsibility.contact()));
    }

    /** A person's name keeps its first character; what is longer than a name (a company) stays whole. */
    static String name(String name) {
        int length = name.codePointCount(0, name.length());
        return length <= 1 || length > 4 ? name : name.substring(0, name.offsetByCodePoints(0, 1)) + "*";
    }

    static String contact(String contact) {
        int at = contact.indexOf('@');
        if (at > 0) {
            return contact.substring(0, contact.offsetByCodePoints(0, 1)) + "***" + contact.substring(at);
        }
        String digits = contact.replaceAll("[^0-9]", "");
        if (digits.length() < 7) {
            return contact;
        }
        return digits.substring(0, 3) + "****" + digits.substring(digits.length() - 4);
    }
}
