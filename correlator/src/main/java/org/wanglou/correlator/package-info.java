/**
 * Attention: events become signals, signals windows, windows stories, stories incidents; everything that needs a thread,
 * a clock or memory to be noticed.
 *
 * <p>Rules are knowledge and pure; the correlator runs them. Three Kafka Streams applications (detect, windows, stories),
 * exactly once, each over a pure core that {@link org.wanglou.correlator.Replay} drives without a broker. Time comes from
 * ticks alone: nothing here reads the wall clock or schedules by it.
 */
@NullMarked
package org.wanglou.correlator;

import org.jspecify.annotations.NullMarked;
