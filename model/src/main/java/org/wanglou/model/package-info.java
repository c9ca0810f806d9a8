/**
 * The nouns of Wanglou: events, signals, incidents, and what they are made of.
 *
 * <p>Values only: no I/O, no threads, no library. Every other room may depend on this one; it depends on none.
 */
@NullMarked
package org.wanglou.model;

import org.jspecify.annotations.NullMarked;
