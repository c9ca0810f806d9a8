/**
 * Agreement of the formats with answers that others wrote: inputs with expected fields, compared field by field. The data
 * stand beside the project ({@code ../shared/data} from its root) and are never copied into it; without them the runs are
 * skipped with the reason printed.
 */
@NullMarked
package org.wanglou.sensors.format.conformance;

import org.jspecify.annotations.NullMarked;
