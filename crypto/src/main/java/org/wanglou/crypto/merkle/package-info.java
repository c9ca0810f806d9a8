/**
 * Merkle trees of RFC 9162 over SM3 or SHA-256, their proofs, and checkpoints as signed notes (profile wl-tlog/1).
 */
@NullMarked
package org.wanglou.crypto.merkle;

import org.jspecify.annotations.NullMarked;
