/** What must survive: the event archive, cases, registry, accounts and the ledger's files. */
@NullMarked
package org.wanglou.store;

import org.jspecify.annotations.NullMarked;
