/**
 * Stages as filters, without broker, network or keys: raw lines to events, events to signals and incidents. NDJSON in and
 * out; one thread, the command's.
 */
@NullMarked
package org.wanglou.app.filter;

import org.jspecify.annotations.NullMarked;
