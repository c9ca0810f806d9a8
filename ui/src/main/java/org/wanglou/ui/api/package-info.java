/**
 * What the API's rooms share: the permission table, one request as a {@link org.wanglou.ui.api.Call}, what an account sees,
 * and the two sources that are supplied from outside, health and reports. Runs on {@code ui-http-*}.
 */
@NullMarked
package org.wanglou.ui.api;

import org.jspecify.annotations.NullMarked;
