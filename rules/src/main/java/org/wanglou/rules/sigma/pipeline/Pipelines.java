package org.wanglou.rules.sigma.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.wanglou.rules.sigma.LogSource;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.text.YamlNode;

/**
 * The pipelines that rules go through: the operator's own by priority, then those of the distribution, which know what
 * the formats write. A rule of {@code category: test} goes through the operator's alone. Immutable; thread-safe.
 */
public final class Pipelines {
    /** What {@code backend} this is in {@code allowed_backends}. */
    public static final String BACKEND = "wanglou";

    private static final String ROOT = "pipelines/";
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Map<String, Pipeline> BUILT_IN = builtIn();
    private static final Pipelines STANDARD = new Pipelines(List.of(), List.copyOf(BUILT_IN.values()));

    private final List<Pipeline> own;
    private final List<Pipeline> shipped;

    private Pipelines(List<Pipeline> own, List<Pipeline> shipped) {
        this.own = own.stream()
                .filter(one -> one.backends().isEmpty() || one.backends().contains(BACKEND))
                .sorted(Comparator.comparingInt(Pipeline::priority))
                .toList();
        this.shipped = List.copyOf(shipped);
    }

    /** Those of the distribution alone. */
    public static Pipelines standard() {
        return STANDARD;
    }

    /** The operator's before those of the distribution. */
    public static Pipelines with(List<Pipeline> own) {
        return new Pipelines(own, STANDARD.shipped);
    }

    /** The operator's before the named ones of the distribution; no names: none of these. */
    public static Pipelines of(List<Pipeline> own, Set<String> names) {
        return new Pipelines(
                own,
                STANDARD.shipped.stream()
                        .filter(one -> names.contains(one.name()))
                        .toList());
    }

    /** These, and more of the operator's. */
    public Pipelines and(List<Pipeline> more) {
        List<Pipeline> all = new ArrayList<>(own);
        all.addAll(more);
        return new Pipelines(all, shipped);
    }

    public static Set<String> names() {
        return BUILT_IN.keySet();
    }

    /** Changes a draft into one with ECS names; throws {@link BadRule} when one of them refuses it. */
    public void apply(RuleDraft draft) {
        boolean test = draft.logsource().category().equals("test");
        own.forEach(pipeline -> pipeline.apply(draft));
        expand(draft);
        if (!test) {
            shipped.forEach(pipeline -> pipeline.apply(draft));
        }
    }

    // Variables give placeholders their values without a step that says so.
    private void expand(RuleDraft draft) {
        Map<String, List<String>> vars = new TreeMap<>();
        own.forEach(pipeline -> vars.putAll(pipeline.vars()));
        if (!vars.isEmpty()) {
            Step everywhere =
                    new Step("", rule -> true, (rule, item) -> true, (rule, item, field) -> true, (r, s, v) -> {});
            Placeholders.replace(draft, everywhere, name -> vars.getOrDefault(name, List.of()).stream()
                    .map(org.wanglou.rules.sigma.Glob::of)
                    .toList());
        }
    }

    /** What a field of a rule becomes; more than one when several fields hold it. */
    public List<String> fields(YamlNode document, LogSource source, String field) {
        Draft.Item item = new Draft.Item(
                field,
                field,
                List.of(new Draft.Value(field, List.of(new ValueTest.Exists(true)))),
                false,
                false,
                0,
                Set.of());
        RuleDraft draft = new RuleDraft(document, source, new LinkedHashMap<>(Map.of("field", item)), List.of());
        try {
            apply(draft);
        } catch (BadRule e) {
            return List.of(field); // the rule itself says why
        }
        List<String> fields = new ArrayList<>();
        draft.items().stream().filter(one -> one.label().equals(field)).forEach(one -> fields.add(one.field()));
        return fields.isEmpty() ? List.of(field) : List.copyOf(fields);
    }

    /** Of time modifiers: {@code vars: {timezone: …}} of the operator's last pipeline that has one, else Asia/Shanghai. */
    public ZoneId zone() {
        ZoneId zone = ZONE;
        for (Pipeline pipeline : own) {
            Optional<String> name =
                    pipeline.vars().getOrDefault("timezone", List.of()).stream().findFirst();
            if (name.isPresent()) {
                try {
                    zone = ZoneId.of(name.get());
                } catch (DateTimeException e) {
                    throw new IllegalArgumentException(
                            "pipeline " + pipeline.name() + ": no time zone: " + name.get()
                                    + ", write such as Asia/Shanghai",
                            e);
                }
            }
        }
        return zone;
    }

    /** Of the operator's own pipelines; empty without any. */
    public String digest() {
        StringBuilder digest = new StringBuilder();
        own.forEach(pipeline -> digest.append(pipeline.digest()));
        return digest.toString();
    }

    private static Map<String, Pipeline> builtIn() {
        Map<String, Pipeline> pipelines = new LinkedHashMap<>();
        for (String name : resource("index.txt").strip().split("\n", -1)) {
            Pipeline pipeline = PipelineReader.read(name, resource(name), problem -> {
                        throw new IllegalStateException("the program is damaged: " + problem);
                    })
                    .orElseThrow();
            pipelines.put(pipeline.name(), pipeline);
        }
        return pipelines;
    }

    /** A file of the distribution's folder of pipelines. */
    public static String resource(String name) {
        try (InputStream in = Pipelines.class.getClassLoader().getResourceAsStream(ROOT + name)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: " + ROOT + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the program is damaged: " + name + ": " + e.getMessage(), e);
        }
    }
}
