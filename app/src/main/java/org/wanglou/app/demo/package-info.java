/**
 * The demonstration: a recorded scenario played over the real sockets, and a receiver that checks what it is told.
 */
@NullMarked
package org.wanglou.app.demo;

import org.jspecify.annotations.NullMarked;
