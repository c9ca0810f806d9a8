/**
 * Measures the indicator tables: memory, look-up and build of millions of values, beside a plain map. In: a seed. Out:
 * figures. A process of its own, whose one thread measures.
 */
@NullMarked
package org.wanglou.bench.intel;

import org.jspecify.annotations.NullMarked;
