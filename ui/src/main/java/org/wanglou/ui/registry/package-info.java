/**
 * Units and assets over HTTP, as far as an account sees them; contacts masked. Runs on {@code ui-http-*}.
 */
@NullMarked
package org.wanglou.ui.registry;

import org.jspecify.annotations.NullMarked;
