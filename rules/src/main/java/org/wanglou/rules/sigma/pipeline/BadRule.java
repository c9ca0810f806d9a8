package org.wanglou.rules.sigma.pipeline;

/** What is wrong with one rule, at a line, with a remedy. The readers turn it into a problem; it goes no further. */
public final class BadRule extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int line;
    private final String remedy;

    public BadRule(int line, String message, String remedy) {
        super(message, null, false, false);
        this.line = line;
        this.remedy = remedy;
    }

    public int line() {
        return line;
    }

    public String words() {
        return String.valueOf(getMessage());
    }

    public String remedy() {
        return remedy;
    }
}
