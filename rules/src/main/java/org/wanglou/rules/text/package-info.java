/** Texts of people: YAML and CSV with line numbers, bounded. */
@NullMarked
package org.wanglou.rules.text;

import org.jspecify.annotations.NullMarked;
