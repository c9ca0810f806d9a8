package org.wanglou.correlator.stories.incident;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kie.api.runtime.KieSession;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;
import org.wanglou.model.Signal;
import org.wanglou.model.judgement.GradeQuestion;
import org.wanglou.model.judgement.GradeRow;
import org.wanglou.model.judgement.StoryVerbs;

/**
 * Asks the grading rules about one incident: rows valid on the day go in as facts, the gravest counted row of each scheme
 * comes out as a proposal with its reasons. Answers are remembered by question. Confined to its task's thread.
 */
final class Grader {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int REMEMBERED_MAX = 1000;

    /** Proposals without a time, and why. */
    record Answer(List<Grade> grades, List<Incident.Reason> reasons) {}

    private record Asked(GradeQuestion question, LocalDate day) {}

    private record Verdict(GradeRow row, String basis, boolean counts) {
        static final Comparator<Verdict> GRAVEST = Comparator.comparing((Verdict verdict) -> verdict.row.value())
                .thenComparing(verdict -> !verdict.row.origin().verified())
                .thenComparing(verdict -> verdict.row.id());
    }

    private final Knowledge knowledge;
    private final Map<Asked, Answer> remembered = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Answer> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    Grader(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** The answer for an incident of {@code millis}; its day decides which rows hold. */
    Answer ask(GradeQuestion question, long millis) {
        LocalDate day = Instant.ofEpochMilli(millis).atZone(ZONE).toLocalDate();
        Asked asked = new Asked(question, day);
        Answer known = remembered.get(asked);
        if (known != null) {
            return known;
        }
        Answer answer = fire(question, day);
        remembered.put(asked, answer);
        return answer;
    }

    private Answer fire(GradeQuestion question, LocalDate day) {
        Knowledge.Rows rows = knowledge.rows();
        Verdicts verdicts = new Verdicts();
        KieSession session = knowledge.grading().newKieSession();
        try {
            session.setGlobal("story", verdicts);
            rows.grades().stream().filter(row -> row.origin().validOn(day)).forEach(session::insert);
            rows.importance().stream().filter(row -> row.origin().validOn(day)).forEach(session::insert);
            rows.losses().stream().filter(row -> row.origin().validOn(day)).forEach(session::insert);
            session.insert(question);
            session.fireAllRules(10_000);
        } finally {
            session.dispose();
        }
        return verdicts.answer(rows.digest());
    }

    private static final class Verdicts implements StoryVerbs {
        private final Map<String, List<Verdict>> byScheme = new TreeMap<>();

        @Override
        public void judge(GradeQuestion question, GradeRow row, String basis, boolean counts) {
            byScheme.computeIfAbsent(row.scheme(), scheme -> new ArrayList<>()).add(new Verdict(row, basis, counts));
        }

        Answer answer(String tables) {
            List<Grade> grades = new ArrayList<>();
            List<Incident.Reason> reasons = new ArrayList<>();
            byScheme.forEach((scheme, verdicts) -> {
                verdicts.sort(Verdict.GRAVEST);
                verdicts.stream().filter(Verdict::counts).findFirst().ifPresent(gravest -> {
                    grades.add(grade(gravest, tables));
                    reasons.add(reason(
                            gravest,
                            "建议级别：" + scheme + " " + gravest.row.value().chinese()));
                });
                verdicts.stream()
                        .filter(verdict -> !verdict.counts)
                        .distinct()
                        .forEach(verdict -> reasons.add(reason(
                                verdict,
                                "参考：" + scheme + " " + verdict.row.value().chinese())));
            });
            return new Answer(grades, reasons);
        }

        private static Grade grade(Verdict verdict, String tables) {
            return new Grade(
                    verdict.row.scheme(),
                    verdict.row.value(),
                    Grade.State.PROPOSED,
                    "machine",
                    0,
                    verdict.row.id() + " " + verdict.row.origin().words() + " " + verdict.basis,
                    tables,
                    verified(verdict));
        }

        private static Incident.Reason reason(Verdict verdict, String effect) {
            return new Incident.Reason(
                    verdict.basis,
                    verdict.row.id(),
                    verdict.row.origin().source() + " " + verdict.row.origin().clause(),
                    effect,
                    verified(verdict));
        }

        private static boolean verified(Verdict verdict) {
            return verdict.row.origin().verified() && !verdict.basis.contains("待核");
        }

        @Override
        public void emit(
                String rule,
                String key,
                Collection<Signal> signals,
                String title,
                String outcome,
                String category,
                String playbook) {
            throw new UnsupportedOperationException("emit is no word of grading");
        }

        @Override
        public void extend(
                String rule, String key, Collection<Signal> signals, String title, String outcome, String category) {
            throw new UnsupportedOperationException("extend is no word of grading");
        }

        @Override
        public void suppress(String rule, String key, String reason) {
            throw new UnsupportedOperationException("suppress is no word of grading");
        }
    }
}
