/**
 * Organisations, assets and contacts from CSV files to an immutable {@code Registry}, with every fault named by file, line
 * and column. A bad row never stops the rest.
 */
@NullMarked
package org.wanglou.store.registry;

import org.jspecify.annotations.NullMarked;
