/** Stories and grading in a Drools session. */
@NullMarked
package org.wanglou.rules.grading;

import org.jspecify.annotations.NullMarked;
