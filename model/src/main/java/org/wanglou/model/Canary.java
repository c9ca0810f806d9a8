package org.wanglou.model;

/**
 * The event that proves the path: sent into {@code wanglou.events} every five minutes, awaited as a signal at the
 * stories. It is in no count of sources and in no archive, opens no incident and moves no clock.
 *
 * <p>No sender can pose as it: sensors write {@code wanglou.source} themselves, and configuration refuses the name.
 */
public final class Canary {
    /** Source, unit and rule of the canary. */
    public static final String NAME = "wanglou-canary";

    private Canary() {}

    /** A canary of that moment. */
    public static Event event(String id, long nowMillis) {
        return Event.builder()
                .set(Ecs.EVENT_ID, id)
                .set(Ecs.TIMESTAMP, nowMillis)
                .set(Ecs.EVENT_INGESTED, nowMillis)
                .set(Ecs.EVENT_DATASET, "wanglou.canary")
                .set(Ecs.EVENT_KIND, "event")
                .set(Ecs.WL_SOURCE, NAME)
                .set(Ecs.ORGANIZATION_ID, NAME)
                .build();
    }

    public static boolean is(Event event) {
        return NAME.equals(event.get(Ecs.WL_SOURCE));
    }

    public static boolean is(Signal signal) {
        return NAME.equals(signal.ruleId());
    }
}
