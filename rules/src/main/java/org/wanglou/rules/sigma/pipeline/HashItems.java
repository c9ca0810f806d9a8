package org.wanglou.rules.sigma.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.wanglou.rules.sigma.Glob;
import org.wanglou.rules.sigma.ValueTest;

/** Takes {@code ALGORITHM=digest} values apart into one item per algorithm. Stateless. */
final class HashItems {
    private static final Map<Integer, String> BY_LENGTH = Map.of(32, "MD5", 40, "SHA1", 64, "SHA256", 128, "SHA512");

    private HashItems() {}

    /** @param names algorithm in upper case → field */
    static List<Draft> split(Draft.Item item, Map<String, String> names) {
        if (!item.field().equals("Hashes") && !item.field().equals("Hash")) {
            return List.of(item);
        }
        List<Draft> parts = new ArrayList<>();
        for (Draft.Value value : item.values()) {
            List<Draft> forms = new ArrayList<>();
            for (ValueTest form : value.forms()) {
                Optional<Draft.Item> one =
                        form instanceof ValueTest.Text text ? split(item, value, text, names) : Optional.empty();
                if (one.isEmpty()) {
                    // Something that is no digest stays with the field as it is.
                    return List.of(item);
                }
                forms.add(one.get());
            }
            parts.add(forms.size() == 1 ? forms.get(0) : new Draft.Any(value.label(), forms));
        }
        if (parts.size() == 1) {
            return List.of(parts.get(0));
        }
        return List.of(
                item.all() != item.negated() ? new Draft.All(item.label(), parts) : new Draft.Any(item.label(), parts));
    }

    private static Optional<Draft.Item> split(
            Draft.Item item, Draft.Value value, ValueTest.Text text, Map<String, String> names) {
        Glob glob = text.glob();
        int from = glob.kinds().startsWith("*") ? 1 : 0;
        int to = glob.kinds().endsWith("*")
                ? glob.text().length() - 1
                : glob.text().length();
        if (from >= to || !glob.slice(from, to).plain() || glob.waiting()) {
            return Optional.empty();
        }
        String inner = glob.text().substring(from, to);
        int equals = inner.indexOf('=');
        String digest = inner.substring(equals + 1);
        String algorithm = equals < 0
                ? BY_LENGTH.getOrDefault(digest.length(), "")
                : inner.substring(0, equals).toUpperCase(Locale.ROOT);
        String field = names.get(algorithm);
        if (field == null || !digest.matches("[0-9A-Fa-f]+")) {
            return Optional.empty();
        }
        ValueTest test = new ValueTest.Text(Glob.literal(digest), text.cased());
        return Optional.of(new Draft.Item(
                item.label(),
                field,
                List.of(new Draft.Value(value.label(), List.of(test))),
                false,
                item.negated(),
                item.line(),
                item.applied()));
    }
}
