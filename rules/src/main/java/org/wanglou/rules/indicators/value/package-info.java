/**
 * Canonical forms of indicator values and of the event fields they are compared with: the same thing written twice is the
 * same text. Pure; thread-safe.
 */
@NullMarked
package org.wanglou.rules.indicators.value;

import org.jspecify.annotations.NullMarked;
