/**
 * Canonical JSON (RFC 8785) and what is signed over it.
 */
@NullMarked
package org.wanglou.crypto.envelope;

import org.jspecify.annotations.NullMarked;
