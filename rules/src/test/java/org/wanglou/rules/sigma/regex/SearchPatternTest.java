package org.wanglou.rules.sigma.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchPatternTest {
    private static final List<String> PATTERNS = List.of(
            "a.c",
            "(?i)\\s(-u|--user)\\s*:",
            "^a[^bc]+$",
            "[a-c\\d]{2,4}x?",
            "(ab|ba)+\\b",
            "\\w+`(?:\\w+|-|.)`[\\w+|\\s]",
            "(.){6,}",
            "\\(a\\)|\\[b\\]",
            "(?:a|b|ab)*c$",
            "\\S\\s\\S",
            "a{2}b{0,1}|c+?",
            "(?s)a.b",
            "(?P<name>a)b",
            "https?://[0-9]{1,3}\\.0[0-9]{3,7}",
            "[\\w-.]+@",
            "\\Aab\\z");

    @Test
    void the_engine_that_tries_first_says_what_the_linear_one_says() throws Exception {
        long seed = Long.getLong("wanglou.seed", 20_261_125);
        System.out.println("SearchPatternTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (String pattern : PATTERNS) {
            for (boolean ignoreCase : new boolean[] {false, true}) {
                SearchPattern own = SearchPattern.compile(pattern, ignoreCase, false, false);
                Pattern linear = Pattern.compile(pattern, ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
                List<String> literals = Literals.of(pattern).orElse(List.of());
                for (int i = 0; i < 3_000; i++) {
                    String text = text(random);
                    boolean found = linear.matcher(text).find();
                    assertThat(own.occursIn(text))
                            .as("%s in '%s'", pattern, text)
                            .isEqualTo(found);
                    if (found && !literals.isEmpty()) {
                        String lower = text.toLowerCase(Locale.ROOT);
                        assertThat(literals).as("%s in '%s'", pattern, text).anyMatch(lower::contains);
                    }
                }
            }
        }
    }

    private static String text(SplittableRandom random) {
        String letters = "aabbccABx01 `-:.@/\n\t\u000b_uhtps([)]é";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(14); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    @Test
    void look_around_and_back_references_are_taken_and_bounded() throws Exception {
        SearchPattern ahead = SearchPattern.compile("foo(?!bar)", false, false, false);
        assertThat(ahead.stepped()).isTrue();
        assertThat(ahead.occursIn("foobaz")).isTrue();
        assertThat(ahead.occursIn("foobar")).isFalse();
        assertThat(SearchPattern.compile("(a+)-\\1", false, false, false).occursIn("aa-aa"))
                .isTrue();

        SearchPattern hostile = SearchPattern.compile("^(a|aa)+\\1b", false, false, false);
        Steps steps = new Steps(10_000);
        assertThat(hostile.occursIn("a".repeat(60) + "!", steps)).isFalse();
        assertThat(steps.exceeded()).isEqualTo(1);
        assertThat(steps.used()).isBetween(10_000L, 10_100L);
    }

    @Test
    void what_backtracks_without_end_is_answered_by_the_linear_engine() throws Exception {
        SearchPattern pattern = SearchPattern.compile("(a+)+$", false, false, false);
        Steps steps = new Steps(SearchPattern.BUDGET);
        assertThat(pattern.occursIn("a".repeat(5_000) + "!", steps)).isFalse();
        assertThat(pattern.occursIn("!" + "a".repeat(5_000), steps)).isTrue();
        assertThat(steps.exceeded()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "foo.*bars; bars; 7",
                "(?:cmd|powershell)\\.exe; cmd.exe powershell.exe; 7",
                "(?i)NetSh\\s+interface; interface; 15",
                "a|b*; ; 0",
                "x{3,}yz; yz; 5",
                "\\bfoo\\b(?!bar); foo; 3",
                "\\d{2}; ; 2",
                "[ab]cd; acd bcd; 3",
                "\\p{L}foo; ; 0"
            })
    void texts_that_must_stand_there_are_read_from_the_expression(String pattern, String texts, int least) {
        List<String> expected = texts == null ? List.of() : List.of(texts.split(" "));
        assertThat(Literals.of(pattern).orElse(List.of())).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(Literals.least(pattern)).isEqualTo(least);
    }

    @Test
    void what_no_engine_takes_is_refused_with_a_reason() {
        assertThatThrownBy(() -> SearchPattern.compile("(a", false, false, false))
                .isInstanceOf(SearchPattern.Refused.class)
                .hasMessageContaining("RE2");
    }
}
