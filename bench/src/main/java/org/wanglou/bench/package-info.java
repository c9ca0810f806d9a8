/**
 * Measurements and the independent proof: the real program as a process of its own, senders, a receiver, an oracle that
 * does not know the engine, and the figures of {@code docs/benchmarks.md}. Nothing here is part of the product.
 */
@NullMarked
package org.wanglou.bench;

import org.jspecify.annotations.NullMarked;
