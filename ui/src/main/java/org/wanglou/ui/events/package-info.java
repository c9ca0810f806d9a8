/**
 * The event archive over HTTP: search, histogram, most frequent values, one event, and the events behind a case. In: the
 * query language of the archive and a period. Out: events of the account's units only. Runs on {@code ui-http-*}.
 */
@NullMarked
package org.wanglou.ui.events;

import org.jspecify.annotations.NullMarked;
