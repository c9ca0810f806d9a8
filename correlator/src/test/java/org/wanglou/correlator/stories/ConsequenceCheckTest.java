package org.wanglou.correlator.stories;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wanglou.rules.Packs;

class ConsequenceCheckTest {
    private static String rule(String consequence) {
        return "package a;\nimport org.wanglou.model.Signal;\nglobal org.wanglou.model.judgement.StoryVerbs story;\n"
                + "rule \"r\"\nwhen\n  $s : Signal()\nthen\n  " + consequence + "\nend\n";
    }

    @Test
    void what_is_shipped_passes() {
        assertThatCode(() -> {
                    ConsequenceCheck.story("assembly.drl", Packs.assemblyDrl());
                    ConsequenceCheck.grading("grading.drl", Packs.gradingDrl());
                    Packs.builtIn()
                            .forEach(pack -> pack.storyDrl().ifPresent(drl -> ConsequenceCheck.story(pack.id(), drl)));
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) {}",
                "story.emit(\"a\", \"b\", $s, \"t\", \"attempt\", \"\", \"\"); while (true);",
                "story.judge(null, null, \"\", true);",
                "story.emit(Runtime.getRuntime());",
                "story.emit(\"//\"); java.lang.Math.abs(1); // \"",
                "story.emit(a); Object o = new Object();",
                "drools.halt();",
                "story.emit(\"a\").toString();",
                "story.emit(() -> { return; });",
                "modify($s) { };"
            })
    void whatever_else_a_consequence_says_is_refused_with_file_and_line(String consequence) {
        assertThatThrownBy(() -> ConsequenceCheck.story("x.drl", rule(consequence)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("x.drl:");
    }

    @Test
    void only_the_model_may_be_imported() {
        assertThatThrownBy(() -> ConsequenceCheck.story("x.drl", "package a;\nimport java.io.File;\n"))
                .hasMessageStartingWith("x.drl:2: imports java.io.File");
    }

    @Test
    void a_story_that_does_not_compile_is_refused_with_the_reason() {
        assertThatThrownBy(() -> Knowledge.compile(
                        java.util.Map.of("bad.drl", "rule x when Nothing( then end"),
                        Packs.gradingDrl(),
                        java.util.List.of(),
                        new Knowledge.Rows(
                                java.util.Map.of(), java.util.List.of(), java.util.List.of(), java.util.List.of(), "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bad.drl");
    }
}
