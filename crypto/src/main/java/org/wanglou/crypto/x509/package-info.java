/**
 * Certificates (X.509, RFC 5280) for TLS of this instance. In: names and addresses. Out: key and certificate. Pure but for
 * randomness.
 */
@NullMarked
package org.wanglou.crypto.x509;

import org.jspecify.annotations.NullMarked;
