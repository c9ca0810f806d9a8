/**
 * Profiles: what each entity has done so far, and what of that is out of the ordinary. Routed signals and the clock come
 * in, rows and signals of kind behaviour go out. Confined to the windows task's thread; no wall clock.
 */
@NullMarked
package org.wanglou.correlator.behaviour;

import org.jspecify.annotations.NullMarked;
