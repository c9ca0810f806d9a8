/**
 * The report as a document: what is in it, its one canonical form (RFC 8785), and its detached signature
 * (GB/T 32918.2 SM2 with SM3). Values only; whoever has these bytes needs nothing of ours to check them.
 */
@NullMarked
package org.wanglou.ui.report.document;

import org.jspecify.annotations.NullMarked;
