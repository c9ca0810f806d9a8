/** Processing pipelines of others load and do what they say. */
@NullMarked
package org.wanglou.rules.sigma.pipeline;

import org.jspecify.annotations.NullMarked;
