/** Reading Sigma files: YAML in, rules and problems out; bad input is data. */
@NullMarked
package org.wanglou.rules.sigma.read;

import org.jspecify.annotations.NullMarked;
