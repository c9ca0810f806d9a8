package org.wanglou.sensors.format.evtx;

/** Bytes that are not what the format says. The message is fixed text, never the input. */
final class Damaged extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    Damaged(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
