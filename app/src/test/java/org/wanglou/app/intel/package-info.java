/** Where indicators come from, held to the protocols by servers of our own on this machine. */
@org.jspecify.annotations.NullMarked
package org.wanglou.app.intel;
