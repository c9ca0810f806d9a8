/**
 * Splunk's HTTP event collector: from concatenated JSON objects or raw lines to frames. On the connection's thread.
 */
@NullMarked
package org.wanglou.sensors.listen.http.splunk;

import org.jspecify.annotations.NullMarked;
