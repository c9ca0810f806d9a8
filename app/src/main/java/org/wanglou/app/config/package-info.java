/**
 * Configuration: one YAML file in, one {@link org.wanglou.app.config.Configuration} out, or a list of problems that name
 * line and remedy. Read once, on the thread that starts the process.
 *
 * <p>To add a key: one line in {@link org.wanglou.app.config.Keys} and the place that reads it.
 */
@NullMarked
package org.wanglou.app.config;

import org.jspecify.annotations.NullMarked;
