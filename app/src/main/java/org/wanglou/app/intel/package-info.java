/**
 * Where indicators come from while the system runs: a folder, TAXII servers, MISP feeds. In: files and the answers of the
 * configured servers, none else. Out: a pack that names the lists in force. One thread, {@code intel-0}.
 */
@NullMarked
package org.wanglou.app.intel;

import org.jspecify.annotations.NullMarked;
