/**
 * Who is asking: sign-in, one-time links, sessions, accounts, and the entries that these owe to the ledger. In: passwords,
 * tokens, cookies. Out: a session or the one refusal. Runs on {@code ui-http-*}.
 */
@NullMarked
package org.wanglou.ui.session;

import org.jspecify.annotations.NullMarked;
