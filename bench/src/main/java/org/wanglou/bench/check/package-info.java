/**
 * What an instance left on disk: the archive and the ledger can be read while it runs, cases only after it has stopped.
 * Used by one thread.
 */
@NullMarked
package org.wanglou.bench.check;

import org.jspecify.annotations.NullMarked;
