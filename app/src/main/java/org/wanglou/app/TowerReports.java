package org.wanglou.app;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wanglou.alerting.cases.Refused;
import org.wanglou.model.judgement.CategoryRow;
import org.wanglou.model.registry.Organization;
import org.wanglou.ui.api.ReportSource;
import org.wanglou.ui.report.Reports;
import org.wanglou.ui.report.page.NoTypeface;
import org.wanglou.ui.report.page.PagePrinter;

/** The tower's reports, as the console asks for them. Thread-safe. */
final class TowerReports implements ReportSource {
    private static final String KIND = "period";

    private final Tower tower;
    private final Reports reports;

    TowerReports(Tower tower, Clock clock) {
        this.tower = tower;
        this.reports = new Reports(
                new Reports.Sources(
                        tower.cases(),
                        tower.index(),
                        tower.ledger(),
                        tower.snapshots(),
                        () -> tower.tables().categories().stream()
                                .map(CategoryRow::category)
                                .toList()),
                new Reports.Issuer(
                        tower.settings().node(),
                        "wanglou " + Main.VERSION,
                        this::versions,
                        tower.keys().signer("report")),
                new PagePrinter(),
                clock);
    }

    private Map<String, String> versions() {
        return tower.settings().parts();
    }

    @Override
    public List<Entry> list() {
        return reports.list(List.of()).stream().map(this::entry).toList();
    }

    @Override
    public Optional<Entry> entry(String id) {
        return reports.entry(id).map(this::entry);
    }

    @Override
    public Entry make(String kind, String organization, long from, long to, String by) {
        if (!kind.equals(KIND)) {
            throw new IllegalArgumentException("没有这种报告：" + kind);
        }
        return entry(reports.make(by, organization, from, to));
    }

    @Override
    public String preview(String organization, long from, long to) {
        return new String(reports.preview(organization, from, to).bytes(), StandardCharsets.UTF_8);
    }

    @Override
    public Optional<byte[]> json(String id) {
        return reports.entry(id).map(listed -> reports.json(id));
    }

    @Override
    public Optional<byte[]> pdf(String id) {
        try {
            return reports.entry(id).map(listed -> reports.pdf(id));
        } catch (NoTypeface e) {
            throw new Refused(Refused.Kind.INVALID, "未安装中文字体，无法排版 PDF（JSON 不受影响）：" + e.getMessage());
        }
    }

    @Override
    public Optional<String> signature(String id) {
        return reports.entry(id).map(listed -> reports.signature(id));
    }

    private Entry entry(Reports.Listed listed) {
        var entry = listed.entry();
        return new Entry(
                entry.id(),
                entry.kind(),
                entry.organization(),
                tower.snapshots()
                        .registry()
                        .organization(entry.organization())
                        .map(Organization::name)
                        .orElse(entry.organization()),
                entry.from(),
                entry.to(),
                entry.madeAt(),
                entry.madeBy(),
                entry.sm3(),
                listed.sealed());
    }
}
