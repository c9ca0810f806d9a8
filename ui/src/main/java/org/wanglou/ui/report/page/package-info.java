/**
 * The report on one A4 page (PDF) for people who read on paper. A document comes in, bytes go out, on the caller's thread.
 *
 * <p>The page is built as a tree of elements whose texts are set, never parsed; nothing is loaded from anywhere but the
 * typeface on the class path.
 */
@NullMarked
package org.wanglou.ui.report.page;

import org.jspecify.annotations.NullMarked;
