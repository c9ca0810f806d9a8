/** Tests of derived fields. */
@NullMarked
package org.wanglou.rules.sigma.derive;

import org.jspecify.annotations.NullMarked;
