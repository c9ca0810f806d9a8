package org.wanglou.sensors.listen;

/** One frame as {@link Resent} remembers it. Guarded by that. */
final class Step {
    final String digest;
    final String origin;
    boolean answered;

    Step(String digest, String origin) {
        this.digest = digest;
        this.origin = origin;
    }
}
