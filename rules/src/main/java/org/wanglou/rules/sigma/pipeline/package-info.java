/**
 * Processing pipelines in pySigma's YAML format: rule drafts in, the same drafts with other fields, values and log
 * sources out. Pipelines are immutable, a draft is confined to its call; bad pipelines are data.
 */
@NullMarked
package org.wanglou.rules.sigma.pipeline;

import org.jspecify.annotations.NullMarked;
