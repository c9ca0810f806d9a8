package org.wanglou.ui.report.sections;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wanglou.ui.report.document.Indicator;
import org.wanglou.ui.report.document.ReportDocument.Section;
import org.wanglou.ui.report.document.Text;

/** Whether the period's records are sealed. Known without any observation. */
final class EvidenceSection implements ReportSection {
    private static final Text ENTRIES = new Text("条", "entries");

    @Override
    public Section of(Facts facts) {
        Facts.Ledgered ledger = facts.ledger();
        List<Indicator> figures = new ArrayList<>();
        figures.add(new Draft(facts, "evidence.size", "账本总条数", "Ledger size")
                .formula("签名树头下的叶子数（全节点）")
                .rest("ledger", "全部", "/ledger")
                .known(ENTRIES, ledger.size()));
        figures.add(new Draft(facts, "evidence.entries", "本期账本条目", "Entries of the period")
                .formula("产生时间在统计期内、属于本单位及下级的账本条目数")
                .rest("ledger-entry", "产生时间在统计期内", "/ledger/export")
                .records(ledger.first(), Optional::of)
                .recordCount(ledger.entries())
                .known(ENTRIES, ledger.entries()));
        figures.add(new Draft(facts, "evidence.pending", "待封存条目", "Entries not sealed yet")
                .formula("本期账本条目中尚未进入签名树的条目数；0 表示全部封存")
                .rest("ledger-entry", "未封存", "/ledger")
                .known(ENTRIES, ledger.pending()));
        figures.add(new Draft(facts, "evidence.different", "与账本不符", "Records that differ from the ledger")
                .formula("案件库所记叶子散列与账本不同的记录数；应为 0")
                .rest("ledger-entry", "叶子散列不同", "/ledger")
                .known(ENTRIES, ledger.different()));
        return new Section("evidence", new Text("证据账本", "Evidence ledger"), figures);
    }
}
