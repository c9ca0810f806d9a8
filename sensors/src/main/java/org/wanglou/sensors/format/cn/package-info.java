/**
 * Firewalls and devices of Chinese vendors: Huawei, H3C, Sangfor, TopSec, Hillstone, QiAnXin, Venustech, NSFOCUS, WebRay
 * and others. Text in, fields of an event out. Pure.
 */
@NullMarked
package org.wanglou.sensors.format.cn;

import org.jspecify.annotations.NullMarked;
