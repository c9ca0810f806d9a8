package org.wanglou.alerting.cases;

/** A command that the desk does not carry out; nothing was changed. The message is zh-CN and for the operator. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, for the API's status: 404, 403, 422. */
    public enum Kind {
        NOT_FOUND,
        NOT_ALLOWED,
        INVALID
    }

    private final Kind kind;

    public Refused(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    static Refused invalid(String message) {
        return new Refused(Kind.INVALID, message);
    }
}
