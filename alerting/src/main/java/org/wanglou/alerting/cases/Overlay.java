package org.wanglou.alerting.cases;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wanglou.model.Grade;
import org.wanglou.model.cases.Case;

/** Lays what people confirmed over what the machine proposes; one grade for each scheme. Pure. */
public final class Overlay {
    private Overlay() {}

    /** The effective grades: confirmed where confirmed, proposed elsewhere, in the incident's order. */
    public static List<Grade> grades(Case about) {
        Map<String, Grade> byScheme = new LinkedHashMap<>();
        about.incident().grades().forEach(grade -> byScheme.put(grade.scheme(), grade));
        about.confirmed().forEach(grade -> byScheme.put(grade.scheme(), grade));
        return List.copyOf(byScheme.values());
    }

    /** The effective grade of one scheme. */
    public static Optional<Grade> grade(Case about, String scheme) {
        return of(grades(about), scheme);
    }

    /** The grade of that scheme in a list. */
    public static Optional<Grade> of(List<Grade> grades, String scheme) {
        return grades.stream().filter(grade -> grade.scheme().equals(scheme)).findFirst();
    }

    /** True when a scheme of {@code now} is graver than in {@code then}; a scheme that is missing there counts as 一般. */
    public static boolean graver(List<Grade> now, List<Grade> then) {
        return now.stream().anyMatch(grade -> {
            Grade.Value other = of(then, grade.scheme()).map(Grade::value).orElse(Grade.Value.GENERAL);
            return grade.value() != other && grade.value().atLeast(other);
        });
    }
}
