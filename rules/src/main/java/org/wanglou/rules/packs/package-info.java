/** Bundles: signed digests of packs. */
@NullMarked
package org.wanglou.rules.packs;

import org.jspecify.annotations.NullMarked;
