/** Commands over content: rules, indicators, units and assets. One thread, the command's; no keys, no network. */
@NullMarked
package org.wanglou.app.knowledge;

import org.jspecify.annotations.NullMarked;
