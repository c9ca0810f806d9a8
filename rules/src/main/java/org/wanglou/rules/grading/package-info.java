/** Tables with source and clause for category, grade, loss, deadlines and case policy. */
@NullMarked
package org.wanglou.rules.grading;

import org.jspecify.annotations.NullMarked;
