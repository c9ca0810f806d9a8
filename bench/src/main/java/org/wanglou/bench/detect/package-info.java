/**
 * Detection alone: records as they stand on the bus in, names of matching rules out, on one thread; over rules and events that the
 * operator has beside the checkout. Nothing of either is part of the project.
 */
@NullMarked
package org.wanglou.bench.detect;

import org.jspecify.annotations.NullMarked;
