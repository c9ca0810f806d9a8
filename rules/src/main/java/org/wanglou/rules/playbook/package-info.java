/** Playbooks: CACAO 2.0 read into steps. */
@NullMarked
package org.wanglou.rules.playbook;

import org.jspecify.annotations.NullMarked;
