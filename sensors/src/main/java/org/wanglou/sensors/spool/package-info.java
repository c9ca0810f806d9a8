/**
 * What Kafka could not take: sealed letters for what can never be published, a sealed ring of files for what must wait.
 */
@NullMarked
package org.wanglou.sensors.spool;

import org.jspecify.annotations.NullMarked;
