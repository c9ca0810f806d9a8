/**
 * What one message is on a transport, before anybody reads it.
 */
@NullMarked
package org.wanglou.sensors.frame;

import org.jspecify.annotations.NullMarked;
