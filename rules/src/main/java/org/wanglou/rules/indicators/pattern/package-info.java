/**
 * STIX patterns (STIX 2.1 chapter 9; 2.0 part 5). In: text. Out: a tree, or the line and column of what is wrong with it.
 * Pure; the caller's thread.
 */
@NullMarked
package org.wanglou.rules.indicators.pattern;

import org.jspecify.annotations.NullMarked;
