/**
 * Logs of databases: PostgreSQL, MySQL and MariaDB, Redis. Text in, fields of an event out. Pure.
 */
@NullMarked
package org.wanglou.sensors.format.db;

import org.jspecify.annotations.NullMarked;
