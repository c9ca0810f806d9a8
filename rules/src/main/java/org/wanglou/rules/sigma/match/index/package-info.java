/**
 * Which texts an event must hold for a rule to have a chance, and how these are found: rules' tests in, tables out that a scan
 * over the event's bytes uses. Immutable once built; any thread.
 */
@NullMarked
package org.wanglou.rules.sigma.match.index;

import org.jspecify.annotations.NullMarked;
