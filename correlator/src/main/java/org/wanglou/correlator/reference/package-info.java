/**
 * Which state of the reference data is in force where, and since which record (DESIGN 5.4). In: rule sets and story
 * knowledge as they are made or announced. Out: immutable values for tasks, announcements on {@code wanglou.reference},
 * switches on {@code wanglou.switches}. A {@link org.wanglou.correlator.reference.Shelf} is shared by all threads, an
 * {@link org.wanglou.correlator.reference.InForce} belongs to its task's thread.
 */
@NullMarked
package org.wanglou.correlator.reference;

import org.jspecify.annotations.NullMarked;
