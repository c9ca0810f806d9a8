package org.wanglou.store.cases;

import java.util.List;
import java.util.Map;
import org.wanglou.model.Category;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;
import org.wanglou.model.Level;
import org.wanglou.model.Signal;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.CaseState;
import org.wanglou.model.cases.Deadline;
import org.wanglou.model.cases.Message;

/** Rows to test with. */
final class CaseSamples {
    static final long NOW = 1_795_478_400_000L;

    private CaseSamples() {}

    static Incident incident(String id, int revision, Grade.Value grade) {
        return new Incident(
                id,
                "[\"ssh\",\"990000\"]",
                revision,
                Incident.Status.OPEN,
                NOW,
                NOW + revision,
                "口令暴力破解后登录成功",
                Level.HIGH,
                Category.OTHER,
                List.of(grade("gbt20986-2023", grade, Grade.State.PROPOSED)),
                80,
                "990000",
                "示范省教育厅",
                List.of(new Incident.AssetRef("sfu-web", "示范大学站群服务器", 2)),
                List.of("203.0.113.7", "root_100%"),
                List.of("credential-access"),
                List.of(new Incident.SignalRef(
                        "s1", "ssh", "t", Level.HIGH, "[]", NOW, NOW, 20, List.of("e1", "e2"), Signal.Status.OPEN)),
                new Incident.Impact(1, -1, "", 0, "success"),
                List.of(new Incident.Reason("二十次失败", "gbt20986-2023#14", "5.3", "一般", false)),
                Map.of("rules", "abc"),
                "",
                "f".repeat(64));
    }

    static Grade grade(String scheme, Grade.Value value, Grade.State state) {
        return new Grade(scheme, value, state, "machine", NOW, "row", "v1", false);
    }

    static Case opened(String id, Incident incident, long openedAt) {
        return new Case(
                id,
                incident.id(),
                1,
                CaseState.NEW,
                incident.organization(),
                "",
                "",
                incident,
                List.of(),
                "",
                incident.impact(),
                0,
                false,
                openedAt,
                openedAt,
                0,
                List.of());
    }

    static Case changed(Case before, CaseState state, String assignee, String organization, List<Grade> confirmed) {
        return new Case(
                before.id(),
                before.incidentId(),
                before.revision() + 1,
                state,
                organization,
                assignee,
                assignee,
                before.incident(),
                confirmed,
                before.confirmedCategory(),
                before.impact(),
                before.incident().revision(),
                false,
                before.openedAt(),
                before.updatedAt() + 1,
                before.openedAt(),
                List.of(new Case.Note(assignee, NOW, "confirm", "确认：<b>文本</b>")));
    }

    static Message message(String id, long nextAt, long createdAt) {
        return new Message(
                id,
                "i1",
                "WL-1",
                "opened",
                "duty",
                "webhook",
                "http://127.0.0.1:1/hook",
                "{\"正文\":\"一\"}",
                "0".repeat(64),
                Message.State.OWED,
                0,
                nextAt,
                createdAt,
                0,
                "");
    }

    static Message faring(Message before, Message.State state, int attempts, long nextAt, String answer) {
        return new Message(
                before.id(),
                before.incidentId(),
                before.caseId(),
                before.reason(),
                before.route(),
                before.notifier(),
                before.target(),
                before.body(),
                before.bodySm3(),
                state,
                attempts,
                nextAt,
                before.createdAt(),
                state == Message.State.DELIVERED ? nextAt : 0,
                answer);
    }

    static Deadline deadline(String id, String caseId, long dueAt, Deadline.State state) {
        return new Deadline(
                id,
                caseId,
                "cac-first-report",
                "初报",
                "cac-2025",
                "990000",
                "省级网信部门",
                "国家网络安全事件报告管理办法 第四条",
                false,
                NOW,
                dueAt,
                state,
                0,
                "");
    }
}
