/** Routes: which windows a signal goes to, and by which key. Pure. */
@NullMarked
package org.wanglou.correlator.routes;

import org.jspecify.annotations.NullMarked;
