package org.wanglou.rules.sigma;

/** Sigma's {@code logsource}: empty strings where not given. Immutable. */
public record LogSource(String category, String product, String service) {
    public static final LogSource ANY = new LogSource("", "", "");

    @Override
    public String toString() {
        return "category=" + category + " product=" + product + " service=" + service;
    }
}
