package org.wanglou.ui.report.page;

import java.util.List;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.wanglou.ui.report.document.Applicability;
import org.wanglou.ui.report.document.Indicator;
import org.wanglou.ui.report.document.ReportDocument;
import org.wanglou.ui.report.document.ReportSignature;

/** Lays a report out as one page. Confined to one thread. */
final class ReportPage {
    /** Characters of a name in the head, and figures of a block whose length does not depend on the data. */
    private static final int LONG_NAME = 30;

    private static final int FIXED = 12;

    private final ReportDocument report;
    private final ReportSignature signature;
    private final Room room;
    private final Tree tree = new Tree();
    private final FigureTable tables;

    /**
     * How much is shown where the data could give more.
     *
     * @param rows categories, rules, tactics and rows to be checked
     * @param name characters of an indicator's name
     */
    record Room(int rows, int name) {}

    ReportPage(ReportDocument report, ReportSignature signature, Room room) {
        this.report = report;
        this.signature = signature;
        this.room = room;
        this.tables = new FigureTable(tree, room.name());
    }

    Document build() {
        Element body = tree.begin(report.title().zh(), PageStyle.CSS);
        tree.text(body, "h1", "", report.title().zh());
        head(body);
        Element row = columns(body);
        Element left = tree.add(row, "td", "left");
        tables.grades(left, report);
        tree.text(left, "p", "small", "建议级别由系统给出，仅人工确认的级别可作为报送依据。“待核”表示所依据的标准或法规条文尚未与正式文本核对。");
        tables.figures(tree.add(row, "td", "right"), "事件与处置", dispositions());
        row = columns(body);
        tables.figures(tree.add(row, "td", "left"), "报送时限", section("deadlines", "", FIXED));
        tables.figures(tree.add(row, "td", "right"), "消息通知", section("notifications", "", FIXED));
        row = columns(body);
        tables.figures(tree.add(row, "td", "left"), "事件类别（居前）", section("incidents", ".category.", room.rows()));
        tables.figures(tree.add(row, "td", "right"), "命中规则（居前）", section("subjects", ".rule.", room.rows()));
        row = columns(body);
        tables.figures(tree.add(row, "td", "left"), "ATT&CK 战术（居前）", section("subjects", ".tactic.", room.rows()));
        tables.figures(tree.add(row, "td", "right"), "涉及资产（安全保护等级）", section("subjects", ".assets.", 6));
        tree.text(body, "h2", "", "数据完整性");
        tree.text(body, "p", "", report.completeness().statement().zh(), 250);
        evidence(body);
        unchecked(body);
        Element foot = tree.add(body, "div", "foot");
        tree.text(foot, "p", "", String.join(" ", report.notices()), 250);
        tree.text(foot, "p", "", "本页由签名的 JSON 文档生成，以 JSON 文档为准；“账本记录”为首条记录的叶子序号和记录总数。第 1 页，共 1 页。");
        return tree.document();
    }

    private List<Indicator> dispositions() {
        return section("incidents", "", Integer.MAX_VALUE).stream()
                .filter(figure ->
                        !figure.id().contains(".grade.") && !figure.id().contains(".category."))
                .limit(FIXED)
                .toList();
    }

    private List<Indicator> section(String id, String part, int most) {
        return report.sections().stream()
                .filter(section -> section.id().equals(id))
                .flatMap(section -> section.indicators().stream())
                .filter(figure -> figure.id().contains(part))
                .limit(most)
                .toList();
    }

    private Element columns(Element body) {
        return tree.add(tree.add(body, "table", "columns"), "tr", "");
    }

    private void head(Element body) {
        Element table = tree.add(body, "table", "head");
        ReportDocument.Period period = report.period();
        ReportDocument.Unit unit = report.unit();
        row(
                table,
                "单位",
                name(unit.name()) + "（" + name(unit.id()) + "，含下级共 " + unit.units() + " 个单位）",
                "生成",
                report.made().shownAt() + "，" + name(report.made().by()));
        String ended = period.ended() ? "" : "；统计期未结束，数据截至生成时";
        wide(table, "统计期", period.shownFrom() + " 至 " + period.shownTo() + "（不含），时区 " + period.zone() + ended);
        wide(table, "报告编号", report.id());
    }

    private void evidence(Element body) {
        tree.text(body, "h2", "", "证据与签名");
        Element table = tree.add(body, "table", "head");
        ReportDocument.LedgerHead ledger = report.ledger();
        row(
                table,
                "账本",
                name(ledger.origin()) + "，" + ledger.size() + " 条",
                "本期条目",
                shown("evidence.entries") + " 条，待封存 " + shown("evidence.pending") + "，不符 "
                        + shown("evidence.different"));
        wide(table, "树头根", ledger.root());
        wide(table, "JSON 的 SM3", signature.sm3());
        row(
                table,
                "签名",
                "SM2（SM3），密钥 " + signature.kid(),
                "节点",
                name(report.made().node()) + "，" + name(report.made().software()));
    }

    private void row(Element table, String... cells) {
        Element row = tree.add(table, "tr", "");
        for (int i = 0; i < cells.length; i++) {
            tree.text(row, i % 2 == 0 ? "th" : "td", "", cells[i]);
        }
    }

    private void wide(Element table, String name, String text) {
        Element row = tree.add(table, "tr", "");
        tree.text(row, "th", "", name);
        tree.text(row, "td", "", text).setAttribute("colspan", "3");
    }

    private String shown(String id) {
        return report.indicator(id).map(Indicator::shown).orElse("—");
    }

    private static String name(String text) {
        return SafeText.of(text, LONG_NAME);
    }

    private void unchecked(Element body) {
        List<String> all = report.toCheck();
        if (all.isEmpty()) {
            return;
        }
        int shown = Math.min(room.rows(), all.size());
        StringBuilder text = new StringBuilder(" 本报告依据的待核条目：");
        all.subList(0, shown).forEach(row -> text.append(SafeText.of(row, 60)).append("；"));
        if (shown < all.size()) {
            text.append("另有 ").append(all.size() - shown).append(" 项见 JSON 文档。");
        }
        Element line = tree.add(body, "p", "small");
        tree.text(line, "span", "badge", Applicability.TO_CHECK.chinese());
        tree.text(line, "span", "", text.toString(), 350);
    }
}
