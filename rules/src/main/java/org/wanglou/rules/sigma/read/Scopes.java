package org.wanglou.rules.sigma.read;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.Glob;
import org.wanglou.rules.sigma.LogSource;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.sigma.pipeline.Draft;
import org.wanglou.rules.sigma.pipeline.Pipelines;
import org.wanglou.rules.sigma.pipeline.RuleDraft;
import org.wanglou.rules.text.YamlNode;
import org.wanglou.rules.text.YamlReader;

/**
 * Which events a log source means, after {@code pipelines/scopes.yml}: the entry that explains most of it, then entries
 * for the parts left over, then, for a part nobody explains, the fields that usually hold its name. Stateless.
 */
final class Scopes {
    private record Entry(LogSource source, Condition condition) {
        int parts() {
            return (source.category().isEmpty() ? 0 : 1)
                    + (source.product().isEmpty() ? 0 : 1)
                    + (source.service().isEmpty() ? 0 : 1);
        }
    }

    private static final List<Entry> ENTRIES = entries();

    private Scopes() {}

    static Condition of(LogSource source) {
        if (source.category().equals("test") || source.equals(LogSource.ANY)) {
            return Condition.EVERYTHING;
        }
        LogSource open = source;
        List<Condition> parts = new ArrayList<>();
        for (Optional<Entry> next = best(source, open); next.isPresent(); next = best(source, open)) {
            parts.add(next.get().condition);
            LogSource done = next.get().source;
            open = new LogSource(
                    done.category().isEmpty() ? open.category() : "",
                    done.product().isEmpty() ? open.product() : "",
                    done.service().isEmpty() ? open.service() : "");
        }
        guess(open.category(), List.of("event.category", "event.dataset", "observer.type"), parts);
        guess(
                open.product(),
                List.of("event.module", "event.dataset", "host.os.type", "observer.product", "observer.vendor"),
                parts);
        guess(open.service(), List.of("event.dataset", "process.name", "winlog.channel", "service.type"), parts);
        String label = "logsource " + source;
        return parts.size() == 1 ? parts.get(0) : new Condition.All(label, parts);
    }

    // Of the entries that the source is within, and that explain something still open, the one with most parts.
    private static Optional<Entry> best(LogSource source, LogSource open) {
        Predicate<Entry> useful = entry -> entry.source.contains(source)
                && (entry.source.category().isEmpty() || !open.category().isEmpty())
                && (entry.source.service().isEmpty() || !open.service().isEmpty())
                && (!entry.source.category().isEmpty()
                        || !entry.source.service().isEmpty()
                        || !open.product().isEmpty());
        Entry best = null;
        for (Entry entry : ENTRIES) {
            if (useful.test(entry) && (best == null || entry.parts() > best.parts())) {
                best = entry;
            }
        }
        return Optional.ofNullable(best);
    }

    private static void guess(String name, List<String> fields, List<Condition> parts) {
        if (name.isEmpty()) {
            return;
        }
        List<Condition> any = new ArrayList<>();
        for (String field : fields) {
            any.add(text(field, Glob.literal(name)));
            if (field.equals("event.dataset")) {
                any.add(text(field, Glob.literal(name + '.').startsWith()));
                any.add(text(field, Glob.literal('.' + name).endsWith()));
            }
        }
        parts.add(new Condition.Any(name, any));
    }

    private static Condition text(String field, Glob glob) {
        Glob folded = new Glob(org.wanglou.rules.sigma.Fold.fold(glob.text()), glob.kinds());
        return new Condition.Item(field + ": " + glob.text(), field, new ValueTest.Text(folded, false));
    }

    private static List<Entry> entries() {
        List<YamlNode> documents = YamlReader.read("scopes.yml", Pipelines.resource("scopes.yml"), problem -> {
            throw new IllegalStateException("the program is damaged: " + problem);
        });
        List<Entry> entries = new ArrayList<>();
        for (YamlNode node : documents.get(0).list()) {
            YamlNode source = node.get("logsource").orElseThrow();
            LogSource logsource =
                    new LogSource(source.text("category", ""), source.text("product", ""), source.text("service", ""));
            List<Draft> any = new ArrayList<>();
            for (YamlNode one : node.get("any").orElseThrow().list()) {
                List<Draft> all = new ArrayList<>();
                one.map().forEach((key, value) -> all.add(ItemReader.read(key, value, ZoneOffset.UTC)));
                any.add(new Draft.All("one", all));
            }
            RuleDraft draft = new RuleDraft(
                    node,
                    logsource,
                    Map.of("scope", new Draft.Any("logsource " + logsource, any)),
                    List.of(new RuleDraft.Line("scope", node.line())));
            entries.add(new Entry(logsource, Lowering.lower(draft)));
        }
        return List.copyOf(entries);
    }
}
