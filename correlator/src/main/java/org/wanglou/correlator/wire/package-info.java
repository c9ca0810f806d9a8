/** What the three stages share at their edges: telling records apart, forwarding typed ones, sealing what is malformed. */
@NullMarked
package org.wanglou.correlator.wire;

import org.jspecify.annotations.NullMarked;
