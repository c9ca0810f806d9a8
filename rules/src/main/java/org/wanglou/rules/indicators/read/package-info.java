/**
 * Readers of lists and feeds. In: STIX 2.0 and 2.1 bundles and TAXII envelopes, MISP events, CSV, plain lists, hosts files,
 * ad-block lists. Out: indicators with canonical values, and a report of what was taken and what was not. Every input is
 * taken for hostile: depth, length and number are bounded, nothing is held whole but one object at a time. The caller's
 * thread.
 */
@NullMarked
package org.wanglou.rules.indicators.read;

import org.jspecify.annotations.NullMarked;
