/**
 * The responder's side: an HTTP server that keeps what it is told, and two independent ways to verify it, the product's
 * own verifier and the {@code openssl} command line.
 */
@NullMarked
package org.wanglou.bench.receive;

import org.jspecify.annotations.NullMarked;
