/**
 * Personal identifiers become tokens before anything is stored (standards 6). Pure.
 */
@NullMarked
package org.wanglou.sensors.privacy;

import org.jspecify.annotations.NullMarked;
