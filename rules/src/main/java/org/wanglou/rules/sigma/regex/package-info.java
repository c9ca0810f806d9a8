/** Regular expressions of rules: a pattern in, whether it occurs in a text out; cost bounded. Any thread. */
@NullMarked
package org.wanglou.rules.sigma.regex;

import org.jspecify.annotations.NullMarked;
