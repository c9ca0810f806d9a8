/** Tests of profiles. */
@NullMarked
package org.wanglou.correlator.behaviour;

import org.jspecify.annotations.NullMarked;
