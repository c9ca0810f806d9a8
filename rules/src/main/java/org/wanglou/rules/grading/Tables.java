package org.wanglou.rules.grading;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Category;
import org.wanglou.model.judgement.CategoryRow;
import org.wanglou.model.judgement.GradeRow;
import org.wanglou.model.judgement.ImportanceRow;
import org.wanglou.model.judgement.LossRow;
import org.wanglou.rules.RuleProblem;

/** All tables that judgement and response read, with their sources. Immutable; thread-safe. */
public final class Tables {
    private static final List<String> NAMES =
            List.of("categories.csv", "grades.csv", "importance.csv", "loss.csv", "deadlines.csv", "casepolicy.csv");
    private static final String[] IMPORTANCE = {"special", "important", "general"};
    private static final String[] LOSS = {"extreme", "severe", "larger", "minor"};

    private final List<CategoryRow> categories;
    private final List<GradeRow> grades;
    private final List<ImportanceRow> importance;
    private final List<LossRow> losses;
    private final List<DeadlineRow> deadlines;
    private final List<PolicyRow> policies;
    private final List<RuleProblem> problems;
    private final Map<String, String> files;
    private final String digest;

    private Tables(Map<String, String> files) {
        this.files = java.util.Collections.unmodifiableMap(new TreeMap<>(files));
        List<RuleProblem> found = new ArrayList<>();
        categories = TableReader.read(
                "categories.csv",
                files.getOrDefault("categories.csv", ""),
                found::add,
                row -> new CategoryRow(
                        new Category(
                                TableReader.need(row, "key"),
                                TableReader.need(row, "code"),
                                TableReader.need(row, "parent"),
                                TableReader.need(row, "name"),
                                row.get("verified").equals("已核对")),
                        TableReader.origin(row)));
        grades = TableReader.read("grades.csv", files.getOrDefault("grades.csv", ""), found::add, row -> {
            String kind = TableReader.oneOf(row, "kind", "matrix", "harm", "persons", "hours", "default");
            boolean matrix = kind.equals("matrix");
            return new GradeRow(
                    row.get("id"),
                    TableReader.oneOf(row, "scheme", "gbt20986-2023", "cac-2025", "edu-2018-8", "unit"),
                    kind,
                    matrix ? TableReader.oneOf(row, "importance", IMPORTANCE) : "",
                    matrix ? TableReader.oneOf(row, "loss", LOSS) : "",
                    kind.equals("harm") ? TableReader.oneOf(row, "harm", LOSS) : "",
                    row.get("data_class"),
                    Double.parseDouble(TableReader.need(row, "min")),
                    TableReader.grade(row, "value"),
                    TableReader.origin(row));
        });
        importance = TableReader.read(
                "importance.csv",
                files.getOrDefault("importance.csv", ""),
                found::add,
                row -> new ImportanceRow(
                        row.get("id"),
                        Integer.parseInt(TableReader.need(row, "protection_level")),
                        TableReader.oneOf(row, "cii", "yes", "no").equals("yes"),
                        TableReader.oneOf(row, "importance", IMPORTANCE),
                        TableReader.origin(row)));
        losses = TableReader.read(
                "loss.csv",
                files.getOrDefault("loss.csv", ""),
                found::add,
                row -> new LossRow(
                        row.get("id"),
                        TableReader.need(row, "category"),
                        TableReader.oneOf(row, "outcome", "attempt", "success", "spread", "*"),
                        TableReader.need(row, "data_class"),
                        Long.parseLong(TableReader.need(row, "min")),
                        TableReader.oneOf(row, "loss", LOSS),
                        TableReader.oneOf(row, "harm", LOSS),
                        TableReader.origin(row)));
        deadlines = TableReader.read(
                "deadlines.csv",
                files.getOrDefault("deadlines.csv", ""),
                found::add,
                row -> new DeadlineRow(
                        row.get("id"),
                        TableReader.need(row, "scheme"),
                        TableReader.grade(row, "from_grade"),
                        TableReader.oneOf(row, "operator", "cii", "ministry", "other", "*"),
                        TableReader.oneOf(row, "kind", "first-report", "final-report"),
                        TableReader.duration(row, "limit"),
                        TableReader.need(row, "to_whom"),
                        TableReader.origin(row)));
        policies = TableReader.read(
                "casepolicy.csv",
                files.getOrDefault("casepolicy.csv", ""),
                found::add,
                row -> new PolicyRow(
                        row.get("id"),
                        TableReader.anyLevel(row, "severity"),
                        TableReader.anyGrade(row, "grade"),
                        TableReader.oneOf(row, "opens", "yes", "no").equals("yes"),
                        TableReader.origin(row)));
        problems = List.copyOf(found);
        StringBuilder all = new StringBuilder();
        new TreeMap<>(files)
                .forEach((name, text) -> all.append(name).append('\n').append(text));
        digest = Sm3.hex(all.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }

    /** The tables of the distribution. */
    public static Tables builtIn() {
        return new Tables(builtInFiles());
    }

    /** Tables whose texts are at hand, by file name; one that is missing has no rows. */
    public static Tables of(Map<String, String> files) {
        return new Tables(files);
    }

    /** Every table's text by file name. */
    public Map<String, String> files() {
        return files;
    }

    /** The tables of the distribution, those replaced that the folder has under the same name. */
    public static Tables read(Path folder) throws IOException {
        Map<String, String> files = builtInFiles();
        for (String name : NAMES) {
            if (Files.exists(folder.resolve(name))) {
                files.put(name, Files.readString(folder.resolve(name), StandardCharsets.UTF_8));
            }
        }
        return new Tables(files);
    }

    private static Map<String, String> builtInFiles() {
        Map<String, String> files = new TreeMap<>();
        for (String name : NAMES) {
            try (InputStream in = Tables.class.getClassLoader().getResourceAsStream("tables/" + name)) {
                if (in == null) {
                    throw new IllegalStateException("the program is incomplete: tables/" + name + " is missing");
                }
                files.put(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException("the program is damaged: tables/" + name, e);
            }
        }
        return files;
    }

    /** Every row that holds on a day, as facts for the grading rules. */
    public List<Object> facts(LocalDate day) {
        List<Object> facts = new ArrayList<>();
        categories.stream().filter(row -> row.origin().validOn(day)).forEach(facts::add);
        grades.stream().filter(row -> row.origin().validOn(day)).forEach(facts::add);
        importance.stream().filter(row -> row.origin().validOn(day)).forEach(facts::add);
        losses.stream().filter(row -> row.origin().validOn(day)).forEach(facts::add);
        return facts;
    }

    /** The sub-class with this key; a signal's tag {@code gbt20986.KEY} names it. */
    public Optional<Category> category(String key) {
        return categories.stream()
                .map(CategoryRow::category)
                .filter(category -> category.key().equals(key))
                .findFirst();
    }

    public List<CategoryRow> categories() {
        return categories;
    }

    public List<GradeRow> grades() {
        return grades;
    }

    public List<ImportanceRow> importance() {
        return importance;
    }

    public List<LossRow> losses() {
        return losses;
    }

    public List<DeadlineRow> deadlines() {
        return deadlines;
    }

    public List<PolicyRow> policies() {
        return policies;
    }

    public List<RuleProblem> problems() {
        return problems;
    }

    /** 32 hex digits over all tables' texts. */
    public String digest() {
        return digest;
    }
}
