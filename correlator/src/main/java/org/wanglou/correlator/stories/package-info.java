/**
 * Stories: the signals of one organisation, judged together by Drools, become incidents with category, grades and
 * reasons.
 *
 * <p>{@link org.wanglou.correlator.stories.StoryDesk} is pure over rows: signals and stored incidents are the memory, a
 * KieSession is a cache of them, and what is published is the difference between the decision now and the one stored.
 * {@link org.wanglou.correlator.stories.StoryStage} keeps the rows and forwards the revisions. One thread for each task.
 */
@NullMarked
package org.wanglou.correlator.stories;

import org.jspecify.annotations.NullMarked;
