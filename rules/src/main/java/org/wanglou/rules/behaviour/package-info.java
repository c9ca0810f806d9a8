/**
 * Rules about behaviour: what an entity does for the first time, seldom, more than it used to, from two places at once or
 * outside term. YAML comes in ({@code *.behaviour.yml} of a pack), immutable rules go out.
 */
@NullMarked
package org.wanglou.rules.behaviour;

import org.jspecify.annotations.NullMarked;
