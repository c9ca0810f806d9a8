/**
 * Webhooks: CloudEvents 1.0 bodies over HTTPS with Standard Webhooks and SM2 signatures, to targets that the SSRF guard
 * lets pass. One request, one answer, no redirects, ten seconds in all.
 */
@NullMarked
package org.wanglou.alerting.notify.webhook;

import org.jspecify.annotations.NullMarked;
