/**
 * Fields that no sensor writes and rules may ask for all the same: made from other fields of the event when a rule looks
 * at them, never stored. Texts come in, texts go out; nothing here has state.
 */
@NullMarked
package org.wanglou.rules.sigma.derive;

import org.jspecify.annotations.NullMarked;
