/**
 * The query language of console and API: text in, an immutable tree out, or a {@code BadQuery} that names the place.
 *
 * <p>Shaped like KQL: {@code source.ip:10.0.0.0/8 and event.outcome:failure and not user.name:svc*}. Each archive
 * turns the tree into its own query. Pure.
 */
@NullMarked
package org.wanglou.store.events.query;

import org.jspecify.annotations.NullMarked;
