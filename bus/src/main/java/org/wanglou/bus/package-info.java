/**
 * The corridor between rooms: Kafka topics, the publisher that fills them and the worker loop that drains them.
 *
 * <p>Bytes go in and come out; {@code codec} turns them into values. Each worker is one thread named after its room.
 */
@NullMarked
package org.wanglou.bus;

import org.jspecify.annotations.NullMarked;
