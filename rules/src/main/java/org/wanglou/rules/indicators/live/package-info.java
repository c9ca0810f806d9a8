/**
 * Indicators and patterns on single events. In: STIX patterns and the ECS fields they are about. Out: values to look up,
 * conditions to evaluate, or the reason why neither is possible. Pure; thread-safe.
 */
@NullMarked
package org.wanglou.rules.indicators.live;

import org.jspecify.annotations.NullMarked;
