/** Packs, tables, indicators and playbooks held to their word. */
@NullMarked
package org.wanglou.rules;

import org.jspecify.annotations.NullMarked;
