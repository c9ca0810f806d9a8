/** Sigma: rules and correlations as values, and the compiled set that matches events. */
@NullMarked
package org.wanglou.rules.sigma;

import org.jspecify.annotations.NullMarked;
