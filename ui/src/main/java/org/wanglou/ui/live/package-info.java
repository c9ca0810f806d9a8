/**
 * Live updates: the change feed of the case database as server-sent events (WHATWG HTML 9.2). In: feed rows, in order of
 * commit. Out: names of what changed, to those who may see it. One thread, {@code ui-stream-0}, reads for all clients and
 * never waits for one of them.
 */
@NullMarked
package org.wanglou.ui.live;

import org.jspecify.annotations.NullMarked;
