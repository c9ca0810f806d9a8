package org.wanglou.ui.report.sections;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wanglou.model.cases.Message;
import org.wanglou.store.reports.PeriodRows.Sent;
import org.wanglou.store.reports.Seal;
import org.wanglou.ui.report.document.Indicator;
import org.wanglou.ui.report.document.ReportDocument.Section;
import org.wanglou.ui.report.document.Text;

/** Messages owed within the period and whether they arrived. Receivers and their addresses are not named. */
final class NotificationSection implements ReportSection {
    private static final Text MESSAGES = new Text("条", "messages");

    @Override
    public Section of(Facts facts) {
        List<Indicator> figures = new ArrayList<>();
        figures.add(count(facts, "notifications.delivered", "已送达", "Delivered", Message.State.DELIVERED));
        figures.add(count(facts, "notifications.dead", "未送达", "Given up", Message.State.DEAD));
        figures.add(count(facts, "notifications.owed", "发送中", "Still owed", Message.State.OWED));
        List<Sent> delivered = find(facts, Message.State.DELIVERED);
        List<Sent> ended = new ArrayList<>(delivered);
        ended.addAll(find(facts, Message.State.DEAD));
        figures.add(new Draft(facts, "notifications.rate", "送达率", "Delivery rate")
                .formula("已送达 /（已送达 + 未送达）")
                .rest("message", "统计期内产生，已送达或未送达", "/cases")
                .records(ended, sent -> seal(facts, sent))
                .rate(delivered.size(), ended.size()));
        return new Section("notifications", new Text("消息通知", "Notifications"), figures);
    }

    private static Indicator count(Facts facts, String id, String zh, String en, Message.State state) {
        List<Sent> found = find(facts, state);
        return new Draft(facts, id, zh, en)
                .formula("统计期内产生、生成时状态为“" + zh + "”的消息数 / 统计期内产生的消息数")
                .rest("message", zh, "/cases")
                .records(found, sent -> seal(facts, sent))
                .countOf(MESSAGES, found.size(), facts.messages().size());
    }

    private static List<Sent> find(Facts facts, Message.State state) {
        return facts.messages().stream().filter(sent -> sent.state() == state).toList();
    }

    private static Optional<Seal> seal(Facts facts, Sent sent) {
        String objectType = sent.state() == Message.State.DEAD ? "attempt" : "message";
        return facts.seals().latest(objectType, sent.id(), seal -> true).or(() -> facts.seals()
                .latest("case", sent.caseId(), seal -> true));
    }
}
