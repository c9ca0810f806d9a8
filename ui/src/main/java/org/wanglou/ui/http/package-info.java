/**
 * The edge to HTTP: server and its limits, TLS, response headers, Host check, static pages, JSON in and out, problems (RFC
 * 9457). Knows no case and no account. Runs on {@code ui-http-*}.
 */
@NullMarked
package org.wanglou.ui.http;

import org.jspecify.annotations.NullMarked;
