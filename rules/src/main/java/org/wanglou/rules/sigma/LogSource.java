package org.wanglou.rules.sigma;

/** Sigma's {@code logsource}: empty strings where not given. Immutable. */
public record LogSource(String category, String product, String service) {
    public static final LogSource ANY = new LogSource("", "", "");

    /** True when every part that this gives is the same in the other; so what gives less contains more. */
    public boolean contains(LogSource other) {
        return (category.isEmpty() || category.equals(other.category))
                && (product.isEmpty() || product.equals(other.product))
                && (service.isEmpty() || service.equals(other.service));
    }

    @Override
    public String toString() {
        return "category=" + category + " product=" + product + " service=" + service;
    }
}
