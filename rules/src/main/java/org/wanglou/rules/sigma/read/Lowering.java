package org.wanglou.rules.sigma.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wanglou.model.Addresses;
import org.wanglou.model.Ecs;
import org.wanglou.model.Field;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.Fold;
import org.wanglou.rules.sigma.Glob;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.sigma.pipeline.Draft;
import org.wanglou.rules.sigma.pipeline.RuleDraft;

/** From a draft whose fields are ECS to the tree that is matched. Stateless. */
final class Lowering {
    private Lowering() {}

    /** The draft's conditions, of which any has to hold. */
    static Condition lower(RuleDraft draft) {
        Map<String, Condition> detections = new LinkedHashMap<>();
        draft.detections().forEach((name, detection) -> detections.put(name, lower(detection, draft)));
        List<Condition> parts = new ArrayList<>();
        for (RuleDraft.Line line : draft.conditions()) {
            parts.add(ConditionParser.parse(line.text(), line.line(), detections));
        }
        return parts.size() == 1 ? parts.get(0) : new Condition.Any("condition", parts);
    }

    private static Condition lower(Draft draft, RuleDraft rule) {
        if (draft instanceof Draft.All all) {
            return new Condition.All(
                    all.label(),
                    all.parts().stream().map(part -> lower(part, rule)).toList());
        }
        if (draft instanceof Draft.Any any) {
            return new Condition.Any(
                    any.label(),
                    any.parts().stream().map(part -> lower(part, rule)).toList());
        }
        Draft.Item item = (Draft.Item) draft;
        List<Condition> values = new ArrayList<>();
        for (Draft.Value value : item.values()) {
            List<Condition> forms = new ArrayList<>();
            for (ValueTest form : value.forms()) {
                leaf(value.label(), item, form, rule, forms);
            }
            values.add(forms.size() == 1 ? forms.get(0) : new Condition.Any(value.label(), forms));
        }
        Condition condition = values.size() == 1
                ? values.get(0)
                : item.all() ? new Condition.All(item.label(), values) : new Condition.Any(item.label(), values);
        return item.negated() ? new Condition.Not(item.label() + " (neq)", condition) : condition;
    }

    private static void leaf(String label, Draft.Item item, ValueTest form, RuleDraft rule, List<Condition> forms) {
        ValueTest test = form;
        if (form instanceof ValueTest.Text text) {
            if (text.glob().waiting()) {
                // No value, no match: said in the notes, and the rest of the rule works.
                String note = "placeholder in '" + label + "' has no values and matches nothing";
                if (!rule.notes().contains(note)) {
                    rule.notes().add(note);
                }
                return;
            }
            Glob glob = canonical(item.field(), text.glob());
            // Folding keeps the length, so the kinds stay in step.
            test = text.cased()
                    ? new ValueTest.Text(glob, true)
                    : new ValueTest.Text(new Glob(Fold.fold(glob.text()), glob.kinds()), false);
        }
        forms.add(
                item.field().isEmpty()
                        ? new Condition.Keyword(label, test)
                        : new Condition.Item(label, item.field(), test));
    }

    // Address slots hold the canonical form (RFC 5952), and rules are written in others.
    private static Glob canonical(String field, Glob glob) {
        if (glob.plain()
                && Ecs.named(field)
                        .filter(one -> one.type() == Field.Type.ADDRESS)
                        .isPresent()) {
            return Addresses.canonical(glob.text()).map(Glob::literal).orElse(glob);
        }
        return glob;
    }

    static void collect(Condition condition, Set<String> fields) {
        if (condition instanceof Condition.All all) {
            all.parts().forEach(part -> collect(part, fields));
        } else if (condition instanceof Condition.Any any) {
            any.parts().forEach(part -> collect(part, fields));
        } else if (condition instanceof Condition.Not not) {
            collect(not.part(), fields);
        } else if (condition instanceof Condition.Item item) {
            fields.add(item.field());
            if (item.test() instanceof ValueTest.FieldRef ref) {
                fields.add(ref.field());
            }
        }
    }
}
