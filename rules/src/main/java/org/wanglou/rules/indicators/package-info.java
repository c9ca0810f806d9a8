/** Indicators: lists of known-bad addresses, domains, URLs and hashes. */
@NullMarked
package org.wanglou.rules.indicators;

import org.jspecify.annotations.NullMarked;
