/** Incidents made of one telling: evidence, category, grades by the tables, impact, reasons and fingerprint. Pure. */
@NullMarked
package org.wanglou.correlator.stories.incident;

import org.jspecify.annotations.NullMarked;
