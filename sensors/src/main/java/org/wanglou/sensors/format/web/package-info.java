/**
 * Access logs of web servers. Pure.
 */
@NullMarked
package org.wanglou.sensors.format.web;

import org.jspecify.annotations.NullMarked;
