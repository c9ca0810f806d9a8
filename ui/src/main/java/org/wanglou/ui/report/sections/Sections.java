package org.wanglou.ui.report.sections;

import java.util.List;

/** The sections of a report, in its order. A new section is one class and one row here. */
public final class Sections {
    public static final List<ReportSection> ALL = List.of(
            new IncidentSection(),
            new DeadlineSection(),
            new NotificationSection(),
            new EvidenceSection(),
            new SubjectSection());

    private Sections() {}
}
