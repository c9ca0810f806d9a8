/**
 * Stories: the signals of one organisation, judged together by Drools, become incidents with category, grades and
 * reasons. Here: what they are judged by. {@code desk} judges, {@code incident} writes down.
 */
@NullMarked
package org.wanglou.correlator.stories;

import org.jspecify.annotations.NullMarked;
