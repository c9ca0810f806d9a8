/**
 * Who is who and what is what: organisations (省 市 县 校), assets with their protection level, and the look-up from an
 * address to both.
 *
 * <p>Immutable snapshots; the files are read by store.
 */
@NullMarked
package org.wanglou.model.registry;

import org.jspecify.annotations.NullMarked;
