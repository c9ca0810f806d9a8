/**
 * What judgement sees: rows of tables, questions about an incident, and the verbs a story may use.
 *
 * <p>These are the only types beside {@link org.wanglou.model.Signal} that a story DRL may name. Values only.
 */
@NullMarked
package org.wanglou.model.judgement;

import org.jspecify.annotations.NullMarked;
