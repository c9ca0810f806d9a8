package org.wanglou.correlator.wire;

/**
 * A record whose {@code wl-type} this version does not know: written by a newer Wanglou. The stage stops before it and
 * health turns red; going on would lose it, guessing would misread it.
 */
public final class UnknownMajorException extends StageStop {
    private static final long serialVersionUID = 1L;

    public UnknownMajorException(String type, String topic, int partition, long offset) {
        super("record of unknown type " + type + " at " + topic + "/" + partition + "@" + offset
                + ": upgrade this node to the version that wrote it");
    }
}
