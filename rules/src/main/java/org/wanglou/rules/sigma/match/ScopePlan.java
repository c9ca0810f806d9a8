package org.wanglou.rules.sigma.match;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.Fold;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.sigma.match.decide.Atom;
import org.wanglou.rules.sigma.match.decide.Leaves;
import org.wanglou.rules.sigma.match.decide.Node;
import org.wanglou.rules.sigma.match.index.Whole;
import org.wanglou.rules.sigma.match.view.Names;
import org.wanglou.rules.sigma.match.view.Utf8;

/** The distinct scopes of a set, and the few fields that decide them. Immutable. */
final class ScopePlan {
    final Node[] scopes;
    final Atom[] atoms;
    /** Numbers of the fields that scopes look at. */
    final int[] fields;
    /** By field: the texts it is held against, folded; null when it has to be known whole. */
    final @Nullable Whole[] texts;
    /** Whether some scope looks at more than these. */
    final boolean open;

    ScopePlan(List<Condition> distinct, Names names) {
        Leaves leaves = new Leaves(names);
        Set<String> read = new LinkedHashSet<>();
        scopes = new Node[distinct.size()];
        for (int i = 0; i < scopes.length; i++) {
            scopes[i] = leaves.node(distinct.get(i));
            Leaves.fields(distinct.get(i), read);
        }
        atoms = leaves.atoms().toArray(Atom[]::new);
        fields = read.stream().mapToInt(names::number).toArray();
        texts = new Whole[fields.length];
        for (int i = 0; i < fields.length; i++) {
            texts[i] = texts(leaves, fields[i]);
        }
        open = leaves.atoms().stream().anyMatch(atom -> atom.field == Atom.EVERYWHERE);
    }

    /** Values that are none of the texts differ in nothing that a scope asks. */
    private static @Nullable Whole texts(Leaves leaves, int field) {
        Set<String> texts = new TreeSet<>();
        for (int i = 0; i < leaves.atoms().size(); i++) {
            ValueTest test = leaves.tests().get(i);
            if (test instanceof ValueTest.FieldRef) {
                return null;
            }
            if (leaves.atoms().get(i).field != field
                    || test instanceof ValueTest.Exists
                    || test instanceof ValueTest.Null) {
                continue;
            }
            if (!(test instanceof ValueTest.Text text) || !text.glob().plain()) {
                return null;
            }
            texts.add(Fold.fold(text.glob().text()));
        }
        return new Whole(texts.stream().map(Utf8::of).toList());
    }

    int words() {
        return (scopes.length + 63) / 64;
    }
}
