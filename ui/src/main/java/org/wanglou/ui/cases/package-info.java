/**
 * Cases over HTTP: lists, one whole case with everything about it, decisions handed to alerting's desk, messages, and the
 * proof that what is shown is what was sealed. In: parameters and JSON of an account with a scope. Out: views (records) of
 * what lies in that scope; anything else answers as if it were not there. Runs on {@code ui-http-*}.
 */
@NullMarked
package org.wanglou.ui.cases;

import org.jspecify.annotations.NullMarked;
