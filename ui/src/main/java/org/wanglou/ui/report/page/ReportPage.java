package org.wanglou.ui.report.page;

import java.util.List;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.wanglou.model.Grade;
import org.wanglou.ui.report.document.Applicability;
import org.wanglou.ui.report.document.Indicator;
import org.wanglou.ui.report.document.ReportDocument;
import org.wanglou.ui.report.document.ReportSignature;

/** Lays a report out as one page. Grades are told by shape and word; there is no colour that means anything. */
final class ReportPage {
    /** Shapes of the grades, gravest first, and of what has none: DESIGN of the console, printed. */
    static final List<String> SHAPES = List.of("■", "▲", "◆", "●");

    static final String NO_SHAPE = "○";
    private static final int NAME = 18;

    /** Characters of a name in the head, and figures of a block whose length does not depend on the data. */
    private static final int LONG_NAME = 40;

    private static final int FIXED = 12;

    private final ReportDocument report;
    private final ReportSignature signature;
    private final int rows;
    private final Tree tree = new Tree();

    /** @param rows how many categories, rules, tactics and rows to be checked are shown at most */
    ReportPage(ReportDocument report, ReportSignature signature, int rows) {
        this.report = report;
        this.signature = signature;
        this.rows = rows;
    }

    Document build() {
        Element body = tree.begin(report.title().zh(), PageStyle.CSS);
        tree.text(body, "h1", "", report.title().zh());
        head(body);
        Element first = columns(body);
        grades(column(first, "left"));
        figures(
                column(first, "right"),
                "事件与处置",
                report.sections().stream()
                        .filter(section -> section.id().equals("incidents"))
                        .flatMap(section -> section.indicators().stream())
                        .filter(figure ->
                                !figure.id().contains(".grade.") && !figure.id().contains(".category."))
                        .toList());
        Element second = columns(body);
        figures(column(second, "left"), "报送时限", section("deadlines", "", FIXED));
        Element right = column(second, "right");
        figures(right, "消息通知", section("notifications", "", FIXED));
        Element third = columns(body);
        figures(column(third, "left"), "事件类别（GB/T 20986-2023，居前）", section("incidents", ".category.", rows));
        figures(column(third, "right"), "命中规则（居前）", section("subjects", ".rule.", rows));
        Element fourth = columns(body);
        figures(column(fourth, "left"), "ATT&CK 战术（居前）", section("subjects", ".tactic.", rows));
        figures(column(fourth, "right"), "涉及资产（安全保护等级）", section("subjects", ".assets.", 6));
        completeness(body);
        evidence(body);
        unchecked(body);
        foot(body);
        return tree.document();
    }

    private List<Indicator> section(String id, String part, int most) {
        return report.sections().stream()
                .filter(section -> section.id().equals(id))
                .flatMap(section -> section.indicators().stream())
                .filter(figure -> figure.id().contains(part))
                .limit(most)
                .toList();
    }

    private void head(Element body) {
        Element table = tree.add(body, "table", "head");
        ReportDocument.Period period = report.period();
        ReportDocument.Unit unit = report.unit();
        row(
                table,
                "单位",
                SafeText.of(unit.name(), LONG_NAME) + "（" + unit.id() + "，含下级共 " + unit.units() + " 个单位）",
                "报告编号",
                report.id());
        row(
                table,
                "统计期",
                period.shownFrom() + " 至 " + period.shownTo() + "（不含），" + period.zone()
                        + (period.ended() ? "" : "；统计期未结束"),
                "生成",
                report.made().shownAt() + "，" + SafeText.of(report.made().by(), LONG_NAME));
    }

    private void row(Element table, String... cells) {
        Element row = tree.add(table, "tr", "");
        for (int i = 0; i < cells.length; i++) {
            tree.text(row, i % 2 == 0 ? "th" : "td", "", cells[i]);
        }
    }

    private Element columns(Element body) {
        Element table = tree.add(body, "table", "columns");
        return tree.add(table, "tr", "");
    }

    private Element column(Element row, String side) {
        return tree.add(row, "td", side);
    }

    private void grades(Element cell) {
        tree.text(cell, "h2", "", "事件级别（GB/T 20986-2023）");
        Element table = tree.add(cell, "table", "figures");
        Element head = tree.add(table, "tr", "");
        tree.text(head, "th", "", "级别");
        tree.text(head, "th", "number", "建议（机器）");
        tree.text(head, "th", "number", "已确认（人工）");
        for (Grade.Value value : Grade.Value.values()) {
            String id = "incidents.grade." + value.name().toLowerCase(java.util.Locale.ROOT) + ".";
            Element row = tree.add(table, "tr", "");
            Element name = tree.add(row, "td", "");
            tree.text(
                    name,
                    "span",
                    value == Grade.Value.EXTRAORDINARY ? "shape rim" : "shape",
                    SHAPES.get(value.ordinal()));
            tree.text(name, "span", "", " " + value.chinese());
            grade(row, id + "proposed");
            grade(row, id + "confirmed");
        }
        Element row = tree.add(table, "tr", "");
        Element name = tree.add(row, "td", "");
        tree.text(name, "span", "shape", NO_SHAPE);
        tree.text(name, "span", "", " 未定级");
        grade(row, "incidents.grade.none");
        tree.text(row, "td", "number", "—");
        tree.text(cell, "p", "small", "建议级别由系统给出，仅人工确认的级别可作为报送依据。“待核”表示所依据的标准或法规条文尚未与正式文本核对。");
    }

    private void grade(Element row, String id) {
        Element cell = tree.add(row, "td", "number");
        report.indicator(id).ifPresent(figure -> {
            tree.text(cell, "span", "", figure.shown());
            badge(cell, figure);
        });
    }

    private void figures(Element cell, String title, List<Indicator> figures) {
        tree.text(cell, "h2", "", title);
        Element table = tree.add(cell, "table", "figures");
        Element head = tree.add(table, "tr", "");
        tree.text(head, "th", "", "指标");
        tree.text(head, "th", "number", "数值");
        tree.text(head, "th", "number", "分子/分母");
        tree.text(head, "th", "number", "封存记录");
        for (Indicator figure : figures) {
            Element row = tree.add(table, "tr", "");
            tree.text(row, "td", "", figure.name().zh(), NAME);
            Element value = tree.add(row, "td", "number");
            tree.text(
                    value,
                    "span",
                    "",
                    figure.value() == null
                            ? figure.shown()
                            : figure.shown() + " " + figure.unit().zh());
            badge(value, figure);
            tree.text(row, "td", "number", parts(figure));
            tree.text(row, "td", "number", records(figure));
        }
        if (figures.isEmpty()) {
            Element row = tree.add(table, "tr", "");
            tree.text(row, "td", "", "无");
        }
    }

    private void badge(Element cell, Indicator figure) {
        if (figure.applicability() == Applicability.TO_CHECK) {
            tree.text(cell, "span", "badge", Applicability.TO_CHECK.chinese());
        }
    }

    private static String parts(Indicator figure) {
        if (figure.denominator() == null) {
            return "—";
        }
        return figure.numerator() == null
                ? "n = " + figure.denominator()
                : figure.numerator() + " / " + figure.denominator();
    }

    /** The first leaf and how many records there are: enough to begin opening the figure. */
    private static String records(Indicator figure) {
        if (figure.recordCount() == 0) {
            return "—";
        }
        return figure.records().stream()
                .filter(Indicator.Ref::sealed)
                .findFirst()
                .map(ref ->
                        "#" + ref.ledgerIndex() + (figure.recordCount() > 1 ? " 等 " + figure.recordCount() + " 条" : ""))
                .orElse(figure.recordCount() + " 条待封存");
    }

    private void completeness(Element body) {
        tree.text(body, "h2", "", "数据完整性");
        tree.text(body, "p", "", report.completeness().statement().zh(), 250);
    }

    private void evidence(Element body) {
        tree.text(body, "h2", "", "证据与签名");
        Element table = tree.add(body, "table", "head evidence");
        ReportDocument.LedgerHead ledger = report.ledger();
        row(table, "账本", SafeText.of(ledger.origin(), LONG_NAME) + "，" + ledger.size() + " 条", "本期条目", entries());
        Element root = tree.add(table, "tr", "");
        tree.text(root, "th", "", "树头根");
        wide(root, ledger.root());
        Element sm3 = tree.add(table, "tr", "");
        tree.text(sm3, "th", "", "JSON 的 SM3");
        wide(sm3, signature.sm3());
        row(
                table,
                "签名",
                "SM2（SM3），密钥 " + signature.kid(),
                "节点",
                SafeText.of(report.made().node(), LONG_NAME) + "，"
                        + SafeText.of(report.made().software(), LONG_NAME));
    }

    private void wide(Element row, String text) {
        tree.text(row, "td", "", text).setAttribute("colspan", "3");
    }

    private String entries() {
        return shown("evidence.entries") + " 条，待封存 " + shown("evidence.pending") + "，不符 " + shown("evidence.different");
    }

    private String shown(String id) {
        return report.indicator(id).map(Indicator::shown).orElse("—");
    }

    private void unchecked(Element body) {
        List<String> all = report.toCheck();
        if (all.isEmpty()) {
            return;
        }
        int shown = Math.min(rows, all.size());
        Element line = tree.add(body, "p", "small");
        tree.text(line, "span", "badge", Applicability.TO_CHECK.chinese());
        StringBuilder text = new StringBuilder(" 本报告依据的待核条目：");
        all.subList(0, shown).forEach(row -> text.append(SafeText.of(row, 60)).append("；"));
        if (shown < all.size()) {
            text.append("另有 ").append(all.size() - shown).append(" 项见 JSON 文档");
        }
        tree.text(line, "span", "", text.toString(), 350);
    }

    private void foot(Element body) {
        Element foot = tree.add(body, "div", "foot");
        tree.text(foot, "p", "", String.join(" ", report.notices()), 250);
        tree.text(foot, "p", "", "本页由签名的 JSON 文档生成，以 JSON 文档为准；脱机核验见 docs/auditors/verify-report.md。第 1 页，共 1 页。");
    }
}
