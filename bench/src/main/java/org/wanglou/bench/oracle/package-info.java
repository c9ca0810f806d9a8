/**
 * What counting rules must give, worked out a second time: archived events come in as plain JSON lines, expected episodes
 * and stories go out. Every window is a scan of the list, by the words of the Sigma correlation specification and DESIGN
 * 2.3; no class of the engine is used (held by a test), so that a shared mistake cannot hide. Pure, any thread.
 */
@NullMarked
package org.wanglou.bench.oracle;

import org.jspecify.annotations.NullMarked;
