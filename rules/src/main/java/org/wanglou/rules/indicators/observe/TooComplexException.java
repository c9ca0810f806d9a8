package org.wanglou.rules.indicators.observe;

/** The match was given up: pattern and observations together ask for more steps than are allowed. */
public final class TooComplexException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooComplexException() {
        super("the pattern asks for too many steps on these observations");
    }
}
