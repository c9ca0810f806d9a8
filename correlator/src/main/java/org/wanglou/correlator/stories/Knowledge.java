package org.wanglou.correlator.stories;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.drools.compiler.kie.builder.impl.DrlProject;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.conf.EventProcessingOption;
import org.kie.api.io.ResourceType;
import org.kie.internal.utils.KieHelper;
import org.wanglou.correlator.reference.Archive;
import org.wanglou.correlator.reference.Reference;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Category;
import org.wanglou.model.judgement.CategoryRow;
import org.wanglou.model.judgement.GradeRow;
import org.wanglou.model.judgement.ImportanceRow;
import org.wanglou.model.judgement.LossRow;
import org.wanglou.rules.Pack;
import org.wanglou.rules.Packs;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.grading.Tables;
import org.wanglou.rules.packs.PackArchive;

/**
 * Compiled story rules, grading rules and the rows they match: what stories are judged by, swapped whole. Compiling takes
 * a second or two on a cold JVM and belongs on a background thread. Immutable; thread-safe.
 */
public final class Knowledge implements Reference {
    /** Name of the kind. */
    public static final String KIND = PackArchive.KNOWLEDGE;

    private final KieBase stories;
    private final KieBase grading;
    private final List<Object> storyFacts;
    private final Rows rows;
    private final boolean timed;
    private final String digest;
    private final List<RuleProblem> problems;
    private final @Nullable Archive archive;

    /**
     * The rows of the tables.
     *
     * @param digest digest of all tables, named in every grade
     */
    public record Rows(
            Map<String, CategoryRow> categories,
            List<ImportanceRow> importance,
            List<GradeRow> grades,
            List<LossRow> losses,
            String digest) {
        public Rows {
            categories = Map.copyOf(categories);
            importance = List.copyOf(importance);
            grades = List.copyOf(grades);
            losses = List.copyOf(losses);
        }
    }

    private Knowledge(Knowledge from, List<RuleProblem> problems, Archive archive) {
        this.stories = from.stories;
        this.grading = from.grading;
        this.storyFacts = from.storyFacts;
        this.rows = from.rows;
        this.timed = from.timed;
        this.digest = archive.digest();
        this.problems = List.copyOf(problems);
        this.archive = archive;
    }

    private Knowledge(KieBase stories, KieBase grading, List<Object> facts, Rows rows, boolean timed, String digest) {
        this.stories = stories;
        this.grading = grading;
        this.storyFacts = List.copyOf(facts);
        this.rows = rows;
        this.timed = timed;
        this.digest = digest;
        this.problems = List.of();
        this.archive = null;
    }

    /**
     * Compiles what lives in memory only.
     *
     * @param storyDrls DRL texts by file name, the assembly among them
     * @param gradingDrl the shipped grading, the only text that may say {@code judge}
     * @param facts facts that stand in every story session, such as claims
     * @throws IllegalArgumentException naming file, line and reason of the first text that cannot be used
     */
    public static Knowledge compile(Map<String, String> storyDrls, String gradingDrl, List<Object> facts, Rows rows) {
        StringBuilder texts = new StringBuilder();
        boolean timed = false;
        for (Map.Entry<String, String> drl : storyDrls.entrySet()) {
            ConsequenceCheck.story(drl.getKey(), drl.getValue());
            timed |= drl.getValue().contains("@role");
            texts.append(drl.getKey()).append('\n').append(drl.getValue()).append('\n');
        }
        ConsequenceCheck.grading("grading.drl", gradingDrl);
        return new Knowledge(
                build(storyDrls),
                build(Map.of("grading.drl", gradingDrl)),
                facts,
                rows,
                timed,
                Sm3.id(texts.append(gradingDrl).toString(), rows.digest()));
    }

    /** Compiles the stories of packs with the default assembly and grading over the tables; it has an archive. */
    public static Knowledge of(List<Pack> packs, Tables tables) {
        Archive archive = new Archive(() -> PackArchive.knowledge(packs, tables));
        return new Knowledge(of(packs, tables, Packs.assemblyDrl(), Packs.gradingDrl()), tables.problems(), archive);
    }

    /**
     * Makes it again from an archive, with the assembly and grading that were shipped then.
     *
     * @throws IllegalArgumentException when it is none of knowledge, or does not compile
     */
    public static Knowledge of(byte[] archive) {
        PackArchive read = PackArchive.read(archive);
        if (!read.kind().equals(KIND)) {
            throw new IllegalArgumentException("archive of " + read.kind() + ", wanted is one of " + KIND);
        }
        return new Knowledge(
                of(read.packs(), read.tables(), read.assemblyDrl(), read.gradingDrl()),
                read.tables().problems(),
                new Archive(archive::clone));
    }

    private static Knowledge of(List<Pack> packs, Tables tables, String assembly, String grading) {
        Map<String, String> drls = new LinkedHashMap<>();
        List<Object> claims = new ArrayList<>();
        drls.put("assembly.drl", assembly);
        for (Pack pack : packs) {
            pack.storyDrl().ifPresent(drl -> drls.put(pack.id() + "/story.drl", drl));
            claims.addAll(pack.claims());
        }
        Map<String, CategoryRow> categories = new LinkedHashMap<>();
        tables.categories().forEach(row -> categories.put(row.key(), row));
        Rows rows = new Rows(categories, tables.importance(), tables.grades(), tables.losses(), tables.digest());
        return compile(drls, grading, claims, rows);
    }

    private static KieBase build(Map<String, String> drls) {
        KieHelper helper = new KieHelper();
        drls.forEach((name, text) -> helper.addContent(text, ResourceType.DRL));
        try {
            return helper.build(DrlProject.class, EventProcessingOption.STREAM);
        } catch (RuntimeException e) {
            // Drools says file, line and reason in the message of what it throws.
            throw new IllegalArgumentException(
                    "story rules " + drls.keySet() + " do not compile: " + e.getMessage(), e);
        }
    }

    /** The story rules. */
    public KieBase stories() {
        return stories;
    }

    /** The grading rules. */
    public KieBase grading() {
        return grading;
    }

    /** Facts that stand in every story session. */
    public List<Object> storyFacts() {
        return storyFacts;
    }

    /** The rows of the tables. */
    public Rows rows() {
        return rows;
    }

    /** Whether some story rule depends on the passing of time, so that ticks alone can make it true. */
    public boolean timed() {
        return timed;
    }

    /** The sub-class with this key. */
    public Optional<Category> category(String key) {
        return Optional.ofNullable(rows.categories().get(key)).map(CategoryRow::category);
    }

    /** 32 hex digits over all texts and tables. */
    @Override
    public String digest() {
        return digest;
    }

    @Override
    public Optional<byte[]> archive() {
        return Optional.ofNullable(archive).map(Archive::bytes);
    }

    @Override
    public List<RuleProblem> problems() {
        return problems;
    }
}
