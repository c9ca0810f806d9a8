package org.wanglou.rules.sigma.read;

/** What is wrong with one rule, at a line, with a remedy. Never leaves this package. */
final class BadRule extends RuntimeException {
    private static final long serialVersionUID = 1;
    final int line;
    final String remedy;

    BadRule(int line, String message, String remedy) {
        super(message, null, false, false);
        this.line = line;
        this.remedy = remedy;
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
