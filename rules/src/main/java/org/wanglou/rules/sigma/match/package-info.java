/** The matcher: required literals find candidate rules, compiled predicates decide. */
@NullMarked
package org.wanglou.rules.sigma.match;

import org.jspecify.annotations.NullMarked;
