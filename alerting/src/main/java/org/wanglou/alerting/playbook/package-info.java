/**
 * Playbooks (处置预案, CACAO 2.0): a case's plan is carried out step by step, each step journalled in the transaction of its
 * effect, so that a crash resumes where it stopped and repeats nothing. Runs on thread {@code playbook-0}.
 */
@NullMarked
package org.wanglou.alerting.playbook;

import org.jspecify.annotations.NullMarked;
