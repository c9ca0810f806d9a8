/**
 * SM2, SM3 and SM4 on Bouncy Castle, and the keys for them. The provider is used by reference and never registered. Ids of
 * events alone have an SM3 written out here.
 */
@NullMarked
package org.wanglou.crypto.sm;

import org.jspecify.annotations.NullMarked;
