/**
 * Commands over evidence: verify what was exported, read and check the ledger of a data directory. One thread, the
 * command's; what is verified is hostile until proven sound.
 */
@NullMarked
package org.wanglou.app.evidence;

import org.jspecify.annotations.NullMarked;
