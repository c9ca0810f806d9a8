/** Sigma semantics, and the compiled matcher against a plain interpreter. */
@NullMarked
package org.wanglou.rules.sigma;

import org.jspecify.annotations.NullMarked;
