/** Tests of behaviour rules. */
@NullMarked
package org.wanglou.rules.behaviour;

import org.jspecify.annotations.NullMarked;
