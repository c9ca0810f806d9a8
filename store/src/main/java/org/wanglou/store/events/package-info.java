/** The event archive: {@code EventIndex} on Lucene, its query language, and the worker that fills it. */
@NullMarked
package org.wanglou.store.events;

import org.jspecify.annotations.NullMarked;
