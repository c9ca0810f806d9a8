/**
 * The command line and the one place where rooms are built and joined ({@code Tower}).
 *
 * <p>Everything here is wiring: it may know every room, no room knows it.
 */
@NullMarked
package org.wanglou.app;

import org.jspecify.annotations.NullMarked;
