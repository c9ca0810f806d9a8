/**
 * Warning lists: values that look bad on a list and are not, such as public resolvers. In: lists in MISP's format. Out:
 * the name of the list that a value stands on. Immutable; any thread.
 */
@NullMarked
package org.wanglou.rules.indicators.warning;

import org.jspecify.annotations.NullMarked;
