package org.wanglou.rules.grading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.drools.compiler.kie.builder.impl.DrlProject;
import org.junit.jupiter.api.Test;
import org.kie.api.KieBase;
import org.kie.api.conf.EventProcessingOption;
import org.kie.api.io.ResourceType;
import org.kie.api.runtime.KieSession;
import org.kie.internal.utils.KieHelper;
import org.wanglou.model.Entities;
import org.wanglou.model.Grade;
import org.wanglou.model.Level;
import org.wanglou.model.Signal;
import org.wanglou.model.judgement.GradeQuestion;
import org.wanglou.model.judgement.GradeRow;
import org.wanglou.model.judgement.StoryVerbs;
import org.wanglou.rules.Pack;
import org.wanglou.rules.Packs;

class JudgementTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    @Test
    void the_protection_level_changes_the_grade_as_the_matrix_says() {
        assertThat(grade("gbt20986-2023", question("attack.credential", "success", 2, "", -1)))
                .isEqualTo(Grade.Value.GENERAL);
        assertThat(grade("gbt20986-2023", question("attack.credential", "success", 3, "", -1)))
                .isEqualTo(Grade.Value.LARGER);
        assertThat(grade("gbt20986-2023", question("attack.credential", "success", 4, "", -1)))
                .isEqualTo(Grade.Value.MAJOR);
    }

    @Test
    void a_million_persons_are_larger_and_one_fewer_are_general() {
        assertThat(grade("cac-2025", question("data.leak", "success", 3, "personal", 1_200_000)))
                .isEqualTo(Grade.Value.LARGER);
        assertThat(grade("cac-2025", question("data.leak", "success", 3, "personal", 1_000_000)))
                .isEqualTo(Grade.Value.LARGER);
        assertThat(grade("cac-2025", question("data.leak", "success", 3, "personal", 999_999)))
                .isEqualTo(Grade.Value.GENERAL);
    }

    @Test
    void an_unknown_protection_level_is_graded_as_general_and_shows_both() {
        Said said = run(List.of(Packs.gradingDrl()), facts(question("attack.credential", "success", 0, "", -1)));
        assertThat(said.words).anyMatch(word -> word.contains("保护等级未知") && word.endsWith("true"));
        assertThat(said.words).anyMatch(word -> word.contains("若保护等级为第三级") && word.endsWith("false"));
    }

    @Test
    void stories_say_the_same_in_any_order_of_insertion() {
        List<String> drl = new ArrayList<>(List.of(Packs.assemblyDrl()));
        List<Object> facts = new ArrayList<>();
        for (Pack pack : Packs.builtIn()) {
            pack.storyDrl().ifPresent(drl::add);
            facts.addAll(pack.claims());
        }
        facts.add(signal("wl-ssh-brute-force", 1_000, Level.MEDIUM));
        facts.add(signal("wl-ssh-success", 2_000, Level.INFORMATIONAL));
        facts.add(signal("somebody-elses-rule", 3_000, Level.HIGH));
        facts.add(signal("quiet-rule", 3_000, Level.LOW));
        Said forward = run(drl, facts);
        Collections.reverse(facts);
        assertThat(run(drl, facts).words).isEqualTo(forward.words);
        assertThat(forward.words)
                .anyMatch(word -> word.startsWith("extend ssh-brute-force") && word.contains("success"))
                .anyMatch(word -> word.startsWith("emit assembly/somebody-elses-rule"))
                .noneMatch(word -> word.contains("quiet-rule") || word.contains("assembly/wl-"))
                .hasSize(3);
    }

    private static Grade.Value grade(String scheme, GradeQuestion question) {
        Said said = run(List.of(Packs.gradingDrl()), facts(question));
        return said.counted.stream()
                .filter(row -> row.scheme().equals(scheme))
                .map(GradeRow::value)
                .min(java.util.Comparator.naturalOrder())
                .orElseThrow();
    }

    private static List<Object> facts(GradeQuestion question) {
        List<Object> facts = new ArrayList<>(Tables.builtIn().facts(DAY));
        facts.add(question);
        return facts;
    }

    private static GradeQuestion question(String category, String outcome, int level, String data, long persons) {
        return new GradeQuestion("k", category, outcome, level, false, data, persons, 0, "", "");
    }

    private static Signal signal(String rule, long time, Level level) {
        return new Signal(
                rule,
                rule,
                "1",
                rule,
                Signal.Kind.RULE,
                time,
                level,
                List.of(),
                new Entities("203.0.113.9", "10.0.0.1", "", "", "org"),
                Map.of(),
                new Signal.Evidence(List.of("e"), time, time, 1, false),
                1,
                Signal.Status.OPEN,
                new Signal.Episode(time, time),
                0,
                "");
    }

    private static Said run(List<String> drl, List<Object> facts) {
        KieHelper helper = new KieHelper();
        drl.forEach(text -> helper.addContent(text, ResourceType.DRL));
        KieBase base = helper.build(DrlProject.class, EventProcessingOption.STREAM);
        KieSession session = base.newKieSession();
        Said said = new Said();
        session.setGlobal("story", said);
        facts.forEach(session::insert);
        session.fireAllRules(1_000);
        session.dispose();
        return said;
    }

    /** Writes down what was said. */
    public static final class Said implements StoryVerbs {
        private final TreeSet<String> words = new TreeSet<>();
        private final List<GradeRow> counted = new ArrayList<>();

        @Override
        public void emit(
                String rule,
                String key,
                Collection<Signal> signals,
                String title,
                String outcome,
                String category,
                String playbook) {
            words.add("emit " + rule + " " + key + " " + title + " " + outcome);
        }

        @Override
        public void extend(
                String rule, String key, Collection<Signal> signals, String title, String outcome, String category) {
            words.add("extend " + rule + " " + key + " " + title + " " + outcome);
        }

        @Override
        public void suppress(String rule, String key, String reason) {
            words.add("suppress " + rule + " " + key);
        }

        @Override
        public void judge(GradeQuestion question, GradeRow row, String basis, boolean counts) {
            words.add("judge " + row.id() + " " + basis + " " + counts);
            if (counts) {
                counted.add(row);
            }
        }
    }
}
