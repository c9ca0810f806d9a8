package org.wanglou.rules.sigma.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.sigma.CorrelationDocument;

/** Looks for correlations that refer to themselves, straight or through others. Stateless. */
final class Chains {
    private Chains() {}

    static List<RuleProblem> cycles(List<CorrelationDocument> documents) {
        Map<String, CorrelationDocument> named = new HashMap<>();
        documents.forEach(document -> {
            named.put(document.id(), document);
            if (!document.name().isEmpty()) {
                named.put(document.name(), document);
            }
        });
        List<RuleProblem> problems = new ArrayList<>();
        for (CorrelationDocument document : documents) {
            Set<CorrelationDocument> seen = new HashSet<>();
            List<CorrelationDocument> open = new ArrayList<>(List.of(document));
            boolean circle = false;
            while (!open.isEmpty() && !circle) {
                for (String rule : open.remove(open.size() - 1).rules()) {
                    CorrelationDocument next = named.get(rule);
                    circle |= next == document;
                    if (next != null && seen.add(next)) {
                        open.add(next);
                    }
                }
            }
            if (circle) {
                problems.add(new RuleProblem(
                        document.file(),
                        document.line(),
                        document.title() + ": the correlation refers to itself in a circle",
                        "take one reference out"));
            }
        }
        return problems;
    }
}
