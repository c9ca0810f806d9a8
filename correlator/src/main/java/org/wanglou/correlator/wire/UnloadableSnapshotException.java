package org.wanglou.correlator.wire;

/**
 * Reference data that a record or a restart needs is not in the snapshot store or is not what it was. Judging by other
 * rules than the recorded ones would give another answer than was given before.
 */
public final class UnloadableSnapshotException extends StageStop {
    private static final long serialVersionUID = 1L;

    public UnloadableSnapshotException(String kind, String digest, String reason) {
        super(words(kind, digest, reason));
    }

    public UnloadableSnapshotException(String kind, String digest, Throwable cause) {
        super(words(kind, digest, String.valueOf(cause.getMessage())), cause);
    }

    private static String words(String kind, String digest, String reason) {
        return "snapshot " + digest + " of " + kind + " cannot be loaded: " + reason
                + "; restore the snapshots from a backup, or start once with the " + kind + " of that digest";
    }
}
