/**
 * Elasticsearch's bulk API as shippers use it, and what they ask a server first: from requests to frames of documents. On
 * the connection's thread.
 */
@NullMarked
package org.wanglou.sensors.listen.http.elastic;

import org.jspecify.annotations.NullMarked;
