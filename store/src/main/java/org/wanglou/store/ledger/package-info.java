/**
 * The ledger: an append-only Merkle tree of what was decided, on disk in the layout of C2SP tlog-tiles, its writer, its
 * export, and its verification without us.
 */
@NullMarked
package org.wanglou.store.ledger;

import org.jspecify.annotations.NullMarked;
