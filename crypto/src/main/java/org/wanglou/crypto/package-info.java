/**
 * Bytes in, bytes out: the SM algorithms, Merkle trees and signed envelopes, and their self-test. No I/O.
 */
@NullMarked
package org.wanglou.crypto;

import org.jspecify.annotations.NullMarked;
