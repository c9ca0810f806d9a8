/** Commands for whoever runs an instance: its state, one event's way, shell completion. One thread, the command's. */
@NullMarked
package org.wanglou.app.operate;

import org.jspecify.annotations.NullMarked;
