/**
 * The real program as a process of its own: its folder and configuration, its start, its orderly and its sudden end, and
 * what the kernel says about it. Linux only where {@code /proc} is read. Used by one thread.
 */
@NullMarked
package org.wanglou.bench.process;

import org.jspecify.annotations.NullMarked;
