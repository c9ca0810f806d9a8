/** Indicators held to their word: by fixtures of our own, and by other people's cases beside the project where they are. */
@org.jspecify.annotations.NullMarked
package org.wanglou.rules.indicators;
