/** The compiled matcher against the interpreter. */
@NullMarked
package org.wanglou.rules.sigma.match;

import org.jspecify.annotations.NullMarked;
