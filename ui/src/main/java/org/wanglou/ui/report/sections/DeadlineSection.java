package org.wanglou.ui.report.sections;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.wanglou.model.cases.Deadline;
import org.wanglou.model.cases.Deadline.State;
import org.wanglou.store.reports.Seal;
import org.wanglou.ui.report.document.Indicator;
import org.wanglou.ui.report.document.ReportDocument.Section;
import org.wanglou.ui.report.document.Text;

/**
 * Clocks that ran out, or will, within the period. Expected clocks rest on a machine's proposal: no duty exists yet, so
 * they are counted apart and are no breach.
 */
final class DeadlineSection implements ReportSection {
    private static final Text CLOCKS = new Text("项", "deadlines");

    @Override
    public Section of(Facts facts) {
        List<Indicator> figures = new ArrayList<>();
        figures.add(count(facts, "deadlines.met", "按时报送", "Met in time", "登记报送时间不晚于到期时间的时限", DeadlineSection::inTime));
        figures.add(count(facts, "deadlines.missed", "超时", "Missed", "到期未报送，或报送晚于到期时间的时限", DeadlineSection::missed));
        figures.add(count(facts, "deadlines.running", "计时中", "Running", "已确认、尚未到期处理的时限", is(State.RUNNING)));
        figures.add(count(
                facts,
                "deadlines.expected",
                "预计时限",
                "Expected only",
                "事件未经人工确认的时限，不构成法定义务",
                is(State.EXPECTED).or(is(State.EXPECTED_PASSED))));
        figures.add(count(facts, "deadlines.cancelled", "已取消", "Cancelled", "误报、降级等原因取消的时限", is(State.CANCELLED)));
        List<Deadline> decided = find(facts, DeadlineSection::inTime);
        List<Deadline> whole = find(facts, deadline -> inTime(deadline) || missed(deadline));
        figures.add(new Draft(facts, "deadlines.rate", "按时率", "Met in time, rate")
                .formula("按时报送 /（按时报送 + 超时）")
                .rest("deadline", "到期时间在统计期内，按时或超时", "/cases")
                .records(whole, deadline -> seal(facts, deadline))
                .toCheck(unchecked(whole))
                .rate(decided.size(), whole.size()));
        return new Section("deadlines", new Text("报送时限", "Reporting deadlines"), figures);
    }

    private static Indicator count(
            Facts facts, String id, String zh, String en, String condition, Predicate<Deadline> which) {
        List<Deadline> found = find(facts, which);
        return new Draft(facts, id, zh, en)
                .formula("到期时间在统计期内：" + condition)
                .rest("deadline", condition, "/cases")
                .records(found, deadline -> seal(facts, deadline))
                .toCheck(unchecked(found))
                .countOf(CLOCKS, found.size(), facts.deadlines().size());
    }

    private static List<Deadline> find(Facts facts, Predicate<Deadline> which) {
        return facts.deadlines().stream().filter(which).toList();
    }

    private static Predicate<Deadline> is(State state) {
        return deadline -> deadline.state() == state;
    }

    private static boolean inTime(Deadline deadline) {
        return deadline.state() == State.MET && deadline.metAt() <= deadline.dueAt();
    }

    /** A report made late is made, and late. */
    private static boolean missed(Deadline deadline) {
        return deadline.state() == State.MISSED || (deadline.state() == State.MET && !inTime(deadline));
    }

    private static boolean unchecked(List<Deadline> deadlines) {
        return deadlines.stream().anyMatch(deadline -> !deadline.verified());
    }

    /** Expected clocks are not sealed by themselves: the case's last decision is what there is. */
    private static Optional<Seal> seal(Facts facts, Deadline deadline) {
        return facts.seals().latest("deadline", deadline.id(), seal -> true).or(() -> facts.seals()
                .latest("case", deadline.caseId(), seal -> true));
    }
}
