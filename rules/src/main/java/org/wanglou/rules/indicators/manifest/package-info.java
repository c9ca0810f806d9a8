/**
 * Which lists are in force, by the digests of their files: small enough to travel and to be sealed where the lists are
 * not. In: a manifest and the folder of kept files. Out: an indicator set. The caller's thread; reads files.
 */
@NullMarked
package org.wanglou.rules.indicators.manifest;

import org.jspecify.annotations.NullMarked;
