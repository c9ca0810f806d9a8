/**
 * The figures of a report: facts of one organisation's subtree and one period come in, indicators with the seals they
 * rest on go out. Pure; each section is listed in {@link org.wanglou.ui.report.sections.Sections}.
 *
 * <p>Nothing personal comes in here: no addresses, accounts, contacts, titles or notes of cases, and nobody is ranked.
 */
@NullMarked
package org.wanglou.ui.report.sections;

import org.jspecify.annotations.NullMarked;
