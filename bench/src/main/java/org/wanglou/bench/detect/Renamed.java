package org.wanglou.bench.detect;

import java.util.List;
import java.util.SplittableRandom;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.Glob;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.ValueTest;

/** A rule like another one with other words: three letters in the middle of each longer text are exchanged. Stateless. */
final class Renamed {
    private Renamed() {}

    static SigmaRule of(SigmaRule rule, int copy) {
        return new SigmaRule(
                rule.id() + "-" + copy,
                rule.name(),
                rule.title(),
                rule.version(),
                rule.level(),
                rule.tags(),
                rule.logsource(),
                rule.scope(),
                condition(rule.condition(), copy),
                rule.fields(),
                rule.generate(),
                rule.packId(),
                rule.file(),
                rule.line());
    }

    private static Condition condition(Condition condition, int copy) {
        if (condition instanceof Condition.All all) {
            return new Condition.All(all.label(), parts(all.parts(), copy));
        }
        if (condition instanceof Condition.Any any) {
            return new Condition.Any(any.label(), parts(any.parts(), copy));
        }
        if (condition instanceof Condition.Not not) {
            return new Condition.Not(not.label(), condition(not.part(), copy));
        }
        if (condition instanceof Condition.Item item) {
            return new Condition.Item(item.label(), item.field(), test(item.test(), copy));
        }
        Condition.Keyword keyword = (Condition.Keyword) condition;
        return new Condition.Keyword(keyword.label(), test(keyword.test(), copy));
    }

    private static List<Condition> parts(List<Condition> parts, int copy) {
        return parts.stream().map(part -> condition(part, copy)).toList();
    }

    private static ValueTest test(ValueTest test, int copy) {
        if (!(test instanceof ValueTest.Text text) || text.glob().longest().length() < 6) {
            return test;
        }
        String longest = text.glob().longest();
        int at = text.glob().text().indexOf(longest) + longest.length() / 2 - 1;
        SplittableRandom random = new SplittableRandom(longest.hashCode() * 31L + copy);
        StringBuilder renamed = new StringBuilder(text.glob().text());
        for (int i = 0; i < 3; i++) {
            if (Character.isLetter(renamed.charAt(at + i))) {
                renamed.setCharAt(at + i, (char) ('a' + random.nextInt(26)));
            }
        }
        return new ValueTest.Text(new Glob(renamed.toString(), text.glob().kinds()), text.cased());
    }
}
