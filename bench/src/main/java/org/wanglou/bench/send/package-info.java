/** Senders: log lines out over HTTP with acknowledgement, UDP and TCP. Each sender is used by one thread. */
@NullMarked
package org.wanglou.bench.send;

import org.jspecify.annotations.NullMarked;
