/**
 * Millions of indicators in little memory: entries in byte chunks, found by open addressing. In: indicators with canonical
 * values. Out: immutable segments. A builder belongs to its thread, a segment to all.
 */
@NullMarked
package org.wanglou.rules.indicators.table;

import org.jspecify.annotations.NullMarked;
