/**
 * Log files that grow, rotate, are copied away, truncated or packed: lines in, frames with durable offsets out. Thread
 * {@code sensors-file-<name>} alone reads files and keeps their state.
 */
@NullMarked
package org.wanglou.sensors.listen.file;

import org.jspecify.annotations.NullMarked;
