package org.wanglou.rules.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.wanglou.model.Event;
import org.wanglou.model.Level;
import org.wanglou.rules.sigma.match.Matcher;

class MatcherTest {
    @Property(tries = 1500)
    void compiled_rules_match_exactly_what_the_interpreter_matches(
            @ForAll("conditions") List<Condition> conditions, @ForAll("events") Event event) {
        List<SigmaRule> rules = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            rules.add(rule("r" + i, conditions.get(i)));
            if (Interpreter.holds(conditions.get(i), event)) {
                expected.add("r" + i);
            }
        }
        List<String> matched = new ArrayList<>();
        new Matcher(rules).match(event, rule -> matched.add(rule.id()));
        assertThat(matched).isEqualTo(expected);
    }

    private static SigmaRule rule(String id, Condition condition) {
        return new SigmaRule(
                id, "", id, "1", Level.LOW, List.of(), LogSource.ANY, condition, Set.of(), false, "p", "f", 1);
    }

    // Few letters, so that near misses (prefixes, overlaps, other case) are frequent.
    private static Arbitrary<String> words() {
        return Arbitraries.strings().withChars("abBж1").ofMaxLength(5);
    }

    @Provide
    Arbitrary<List<Condition>> conditions() {
        Arbitrary<String> fields = Arbitraries.of("user.name", "f", "tags");
        Arbitrary<Condition> texts = Combinators.combine(
                        fields, Arbitraries.strings().withChars("abBж1*?").ofMaxLength(6), Arbitraries.of(true, false))
                .as((field, pattern, cased) -> {
                    Glob glob = Glob.of(pattern);
                    return new Condition.Item(
                            pattern,
                            field,
                            new ValueTest.Text(cased ? glob : new Glob(Fold.fold(glob.text()), glob.kinds()), cased));
                });
        Arbitrary<Condition> others = Combinators.combine(
                        fields,
                        Arbitraries.of(
                                new ValueTest.Null(),
                                new ValueTest.Exists(true),
                                new ValueTest.Exists(false),
                                new ValueTest.Number(1),
                                new ValueTest.Number(11),
                                new ValueTest.Compare(Op.GTE, 11)))
                .as((field, test) -> new Condition.Item("o", field, test));
        Arbitrary<Condition> leaf = Arbitraries.oneOf(texts, texts, others);
        return tree(leaf, 3).list().ofMinSize(1).ofMaxSize(70);
    }

    private static Arbitrary<Condition> tree(Arbitrary<Condition> leaf, int depth) {
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<Condition> below = tree(leaf, depth - 1);
        Arbitrary<List<Condition>> parts = below.list().ofMinSize(1).ofMaxSize(3);
        return Arbitraries.oneOf(
                leaf,
                parts.map(list -> new Condition.All("all", list)),
                parts.map(list -> new Condition.Any("any", list)),
                below.map(part -> new Condition.Not("not", part)));
    }

    @Provide
    Arbitrary<Event> events() {
        Arbitrary<Object> values = Arbitraries.oneOf(
                words().map(word -> (Object) word),
                Arbitraries.longs().between(0, 12).map(number -> (Object) number),
                Arbitraries.just(Event.NULL));
        return Combinators.combine(
                        values.optional(), values.optional(), words().list().ofMaxSize(3))
                .as((user, f, tags) -> {
                    Event.Builder event = Event.builder();
                    user.ifPresent(value -> event.set("user.name", value));
                    f.ifPresent(value -> event.set("f", value));
                    return event.set("tags", tags).build();
                });
    }
}
