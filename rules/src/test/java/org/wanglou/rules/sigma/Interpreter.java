package org.wanglou.rules.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.wanglou.model.Event;

/** Sigma's meaning written as plainly as possible, sharing nothing with the compiled matcher. Stateless. */
final class Interpreter {
    private Interpreter() {}

    static boolean holds(Condition condition, Event event) {
        if (condition instanceof Condition.All all) {
            return all.parts().stream().allMatch(part -> holds(part, event));
        }
        if (condition instanceof Condition.Any any) {
            return any.parts().stream().anyMatch(part -> holds(part, event));
        }
        if (condition instanceof Condition.Not not) {
            return !holds(not.part(), event);
        }
        Condition.Item item = (Condition.Item) condition;
        Object value = event.get(item.field());
        if (item.test() instanceof ValueTest.Exists exists) {
            return exists.wanted() == (value != null);
        }
        if (item.test() instanceof ValueTest.Null) {
            return value == null || value == Event.NULL;
        }
        if (value == null || value == Event.NULL) {
            return false;
        }
        List<Object> values = new ArrayList<>();
        if (value instanceof List<?> list) {
            values.addAll(list);
        } else {
            values.add(value);
        }
        return values.stream().anyMatch(one -> holds(item.test(), String.valueOf(one)));
    }

    private static boolean holds(ValueTest test, String value) {
        if (test instanceof ValueTest.Text text) {
            StringBuilder regex = new StringBuilder();
            for (int i = 0; i < text.glob().text().length(); i++) {
                char kind = text.glob().kinds().charAt(i);
                regex.append(
                        kind == '*'
                                ? ".*"
                                : kind == '?'
                                        ? "."
                                        : Pattern.quote("" + text.glob().text().charAt(i)));
            }
            int flags = Pattern.DOTALL | (text.cased() ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
            return Pattern.compile(regex.toString(), flags).matcher(value).matches();
        }
        double number = value.matches("-?[0-9]+(\\.[0-9]+)?") ? Double.parseDouble(value) : Double.NaN;
        if (test instanceof ValueTest.Number wanted) {
            return number == wanted.value();
        }
        return test instanceof ValueTest.Compare compare && number >= compare.bound();
    }
}
