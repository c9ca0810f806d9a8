package org.wanglou.ui.report.page;

import java.util.List;
import java.util.Locale;
import org.w3c.dom.Element;
import org.wanglou.model.Grade;
import org.wanglou.ui.report.document.Applicability;
import org.wanglou.ui.report.document.Indicator;
import org.wanglou.ui.report.document.ReportDocument;

/** Tables of figures. Grades are told by shape and word; no colour means anything. Confined to one thread. */
final class FigureTable {
    /** Shapes of the grades, gravest first; the gravest has a double rim. */
    private static final List<String> SHAPES = List.of("■", "▲", "◆", "●");

    private static final String NO_SHAPE = "○";
    private static final String NONE = "—";

    private final Tree tree;
    private final int nameCharacters;

    FigureTable(Tree tree, int nameCharacters) {
        this.tree = tree;
        this.nameCharacters = nameCharacters;
    }

    void figures(Element cell, String title, List<Indicator> figures) {
        tree.text(cell, "h2", "", title);
        Element table = tree.add(cell, "table", "figures");
        Element head = tree.add(table, "tr", "");
        tree.text(head, "th", "name", "指标");
        tree.text(head, "th", "number value", "数值");
        tree.text(head, "th", "number parts", "分子/分母");
        tree.text(head, "th", "number records", "账本记录");
        for (Indicator figure : figures) {
            Element row = tree.add(table, "tr", "");
            tree.text(row, "td", "name", figure.name().zh(), nameCharacters);
            String unit = figure.value() == null ? "" : " " + figure.unit().zh();
            value(tree.add(row, "td", "number value"), figure, unit);
            tree.text(row, "td", "number parts", parts(figure));
            tree.text(row, "td", "number records", records(figure));
        }
        if (figures.isEmpty()) {
            tree.text(tree.add(table, "tr", ""), "td", "", "无");
        }
    }

    /** Proposed and confirmed grades side by side. */
    void grades(Element cell, ReportDocument report) {
        tree.text(cell, "h2", "", "事件级别（GB/T 20986-2023）");
        Element table = tree.add(cell, "table", "figures");
        Element head = tree.add(table, "tr", "");
        tree.text(head, "th", "", "级别");
        tree.text(head, "th", "number", "建议（机器）");
        tree.text(head, "th", "number", "已确认（人工）");
        for (Grade.Value value : Grade.Value.values()) {
            String rim = value == Grade.Value.EXTRAORDINARY ? "shape rim" : "shape";
            Element row = graded(table, rim, SHAPES.get(value.ordinal()), value.chinese());
            String id = "incidents.grade." + value.name().toLowerCase(Locale.ROOT) + ".";
            for (Grade.State state : Grade.State.values()) {
                grade(row, report, id + state.name().toLowerCase(Locale.ROOT));
            }
        }
        Element row = graded(table, "shape", NO_SHAPE, "未定级");
        grade(row, report, "incidents.grade.none");
        tree.text(row, "td", "number", NONE);
    }

    private Element graded(Element table, String cssClass, String shape, String word) {
        Element row = tree.add(table, "tr", "");
        Element name = tree.add(row, "td", "");
        tree.text(name, "span", cssClass, shape);
        tree.text(name, "span", "", " " + word);
        return row;
    }

    private void grade(Element row, ReportDocument report, String id) {
        Element cell = tree.add(row, "td", "number");
        report.indicator(id).ifPresent(figure -> value(cell, figure, ""));
    }

    private void value(Element cell, Indicator figure, String unit) {
        tree.text(cell, "span", "", figure.shown() + unit);
        if (figure.applicability() == Applicability.TO_CHECK) {
            tree.text(cell, "span", "badge", Applicability.TO_CHECK.chinese());
        }
    }

    private static String parts(Indicator figure) {
        if (figure.denominator() == null) {
            return NONE;
        }
        return figure.numerator() == null
                ? "n = " + figure.denominator()
                : figure.numerator() + " / " + figure.denominator();
    }

    /** The first leaf and how many records there are: enough to begin opening the figure. */
    private static String records(Indicator figure) {
        if (figure.recordCount() == 0) {
            return NONE;
        }
        String more = figure.recordCount() > 1 ? " (" + figure.recordCount() + ")" : "";
        return figure.records().stream()
                .filter(Indicator.Ref::sealed)
                .findFirst()
                .map(ref -> "#" + ref.ledgerIndex() + more)
                .orElse(figure.recordCount() + " 条待封存");
    }
}
