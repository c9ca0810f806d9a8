package org.wanglou.correlator.stories.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Category;
import org.wanglou.model.Grade;
import org.wanglou.model.Signal;

/** What replay and live must agree on: SM3 of category, grades, story key and the signals' evidence. Pure. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(String storyKey, Category category, List<Grade> grades, List<Signal> signals) {
        List<Map<String, Object>> judged = new ArrayList<>();
        grades.stream().sorted(java.util.Comparator.comparing(Grade::scheme)).forEach(grade -> {
            Map<String, Object> one = new TreeMap<>();
            one.put("scheme", grade.scheme());
            one.put("value", grade.value().name());
            judged.add(one);
        });
        List<List<Object>> evidence = new ArrayList<>();
        for (Signal signal : signals) {
            evidence.add(List.of(
                    signal.ruleId(),
                    signal.key(),
                    signal.episode().first(),
                    signal.episode().last(),
                    signal.evidence().count(),
                    signal.evidence().eventIds()));
        }
        evidence.sort(java.util.Comparator.comparing(Jsons::text));
        Map<String, Object> all = new TreeMap<>();
        all.put("category", category.key());
        all.put("grades", judged);
        all.put("signals", evidence);
        all.put("storyKey", storyKey);
        return Sm3.hex(Jsons.bytes(all));
    }
}
