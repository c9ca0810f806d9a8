/**
 * An event as the matcher sees it: for each field its values as slices of UTF-8 bytes, from the bytes of a record without an
 * {@code Event}, or from an {@code Event}; both give the same. Confined to one thread.
 */
@NullMarked
package org.wanglou.rules.sigma.match.view;

import org.jspecify.annotations.NullMarked;
