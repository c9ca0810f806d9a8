/** What commands share: exit codes, output forms, NDJSON in and out. One thread, the command's. */
@NullMarked
package org.wanglou.app.cli;

import org.jspecify.annotations.NullMarked;
