/** The Kafka broker inside the product: one KRaft node on loopback, authenticated, fenced at start, guarded by disk. */
@NullMarked
package org.wanglou.bus.embedded;

import org.jspecify.annotations.NullMarked;
