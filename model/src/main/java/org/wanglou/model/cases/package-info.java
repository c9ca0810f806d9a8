/**
 * The human handling of an incident: case (处置单), messages owed, and deadlines.
 *
 * <p>Values only. They live here and not in alerting because store keeps them and alerting writes them.
 */
@NullMarked
package org.wanglou.model.cases;

import org.jspecify.annotations.NullMarked;
