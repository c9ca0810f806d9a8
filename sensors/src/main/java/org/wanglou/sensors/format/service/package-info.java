/**
 * The messages of network services: name servers, DHCP, mail, VPN, RADIUS, file transfer. Text in, fields of an event out.
 * Pure.
 */
@NullMarked
package org.wanglou.sensors.format.service;

import org.jspecify.annotations.NullMarked;
