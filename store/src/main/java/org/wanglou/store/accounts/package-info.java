/** Accounts, one-time links and sessions, in the case database's tables. */
@NullMarked
package org.wanglou.store.accounts;

import org.jspecify.annotations.NullMarked;
