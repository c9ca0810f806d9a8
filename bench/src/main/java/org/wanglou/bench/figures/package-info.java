/**
 * The figures of {@code docs/benchmarks.md}: each run starts the packaged program, measures from outside, and writes one
 * evidence file. {@link org.wanglou.bench.figures.Figures} is the entry point. Main thread; senders have their own.
 */
@NullMarked
package org.wanglou.bench.figures;

import org.jspecify.annotations.NullMarked;
