/**
 * The desk where an organisation's signals are told as stories and compared with what was told before.
 *
 * <p>{@link org.wanglou.correlator.stories.desk.StoryDesk} is pure over rows: signals and stored incidents are the memory,
 * a KieSession is a cache of them, and what is published is the difference between the decision now and the one stored.
 * {@link org.wanglou.correlator.stories.desk.StoryStage} keeps the rows and forwards the revisions. One thread for each
 * task.
 */
@NullMarked
package org.wanglou.correlator.stories.desk;

import org.jspecify.annotations.NullMarked;
