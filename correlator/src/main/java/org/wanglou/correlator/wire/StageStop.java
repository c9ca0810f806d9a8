package org.wanglou.correlator.wire;

/**
 * Why a stage must not go on, with the remedy in its words: to go on would lose or misread records. Its application stops
 * before the record and health turns red.
 */
public abstract sealed class StageStop extends RuntimeException
        permits UnknownMajorException, UnloadableSnapshotException {
    private static final long serialVersionUID = 1L;

    StageStop(String message) {
        super(message);
    }

    StageStop(String message, Throwable cause) {
        super(message, cause);
    }
}
