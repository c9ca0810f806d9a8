/**
 * How the instance is, over HTTP: for people, for a load balancer, for a monitoring system. Runs on {@code ui-http-*}.
 */
@NullMarked
package org.wanglou.ui.health;

import org.jspecify.annotations.NullMarked;
