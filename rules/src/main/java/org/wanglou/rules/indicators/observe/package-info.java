/**
 * STIX patterns over observed data (STIX 2.1 §4.14, chapter 9). In: a pattern and the objects of a bundle. Out: whether it
 * matches. The order of evaluation is bounded by steps, never by trust in the input. Pure; the caller's thread.
 */
@NullMarked
package org.wanglou.rules.indicators.observe;

import org.jspecify.annotations.NullMarked;
