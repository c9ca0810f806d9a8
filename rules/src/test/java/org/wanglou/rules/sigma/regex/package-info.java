/** Expressions: engines agree, cost is bounded. */
@NullMarked
package org.wanglou.rules.sigma.regex;

import org.jspecify.annotations.NullMarked;
