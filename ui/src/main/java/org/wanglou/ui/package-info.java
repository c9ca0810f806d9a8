/**
 * The console's server: one Javalin (Jetty) server that answers the API under {@code /api/v1} and serves the built pages.
 *
 * <p>In: requests of browsers. Out: views of cases, events, registry, ledger and health; commands to alerting's desk;
 * ledger entries owed for what people do here. Threads: {@code ui-http-*} (at most 48) and {@code ui-stream-0}. Standards:
 * RFC 9457 problems, RFC 9110 preconditions, server-sent events (WHATWG HTML 9.2), OpenAPI 3.1.
 */
@NullMarked
package org.wanglou.ui;

import org.jspecify.annotations.NullMarked;
