package org.wanglou.ui.report.sections;

import org.wanglou.ui.report.document.ReportDocument.Section;

/** Computes the figures of one section. Stateless and pure. */
public interface ReportSection {
    Section of(Facts facts);
}
