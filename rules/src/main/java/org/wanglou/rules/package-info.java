/** Knowledge: packs of Sigma rules, stories, tables, indicators and playbooks, read and compiled. Pure; no threads. */
@NullMarked
package org.wanglou.rules;

import org.jspecify.annotations.NullMarked;
