package org.wanglou.correlator.stories;

import java.time.Duration;

/**
 * Bounds of the stories.
 *
 * @param graceMillis how late a signal may come
 * @param quietMillis a story that was quiet for longer is over; the same again is a new incident
 * @param retentionMillis how long a signal is remembered after its end
 * @param signalsMax signals of one organisation
 * @param alikeMax signals of one organisation with the same rule, source and asset
 * @param sessionsMax live KieSessions of one task; the longest unused is dropped and rebuilt when needed
 * @param budgetPerHour incidents one story rule may open for one organisation in one hour of event time
 */
public record StoryLimits(
        long graceMillis,
        long quietMillis,
        long retentionMillis,
        int signalsMax,
        int alikeMax,
        int sessionsMax,
        int budgetPerHour) {
    public static final StoryLimits DEFAULT = of(300_000);

    /** The defaults with another grace. */
    public static StoryLimits of(long graceMillis) {
        return new StoryLimits(
                graceMillis,
                Duration.ofHours(6).toMillis(),
                Duration.ofHours(48).toMillis(),
                4096,
                256,
                64,
                60);
    }
}
