package org.wanglou.rules.sigma.match;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wanglou.rules.sigma.match.decide.Node;
import org.wanglou.rules.sigma.match.index.Whole;
import org.wanglou.rules.sigma.match.view.View;
import org.wanglou.rules.sigma.regex.Steps;

/**
 * Which scopes an event is in. Events of one source are alike in the fields that scopes look at, so the answer is remembered by
 * what these hold. Confined to its thread.
 */
final class Scopes implements Node.Facts {
    private static final int ROOM = 2048;
    private static final int LONGEST = 512;

    @SuppressWarnings("ArrayRecordComponent") // compared by hand
    private record Known(byte[] key, long[] bits) {}

    private final ScopePlan plan;
    private final View view;
    private final Steps steps;
    private final @Nullable Known[] table = new Known[ROOM];
    private final byte[] key = new byte[LONGEST];
    private int length;

    Scopes(ScopePlan plan, View view, Steps steps) {
        this.plan = plan;
        this.view = view;
        this.steps = steps;
    }

    /** Bits by scope; not to be changed. */
    long[] of() {
        boolean brief = !plan.open && key();
        int place = brief ? place() : 0;
        if (brief) {
            Known known = table[place];
            if (known != null && Arrays.equals(known.key, 0, known.key.length, key, 0, length)) {
                return known.bits;
            }
        }
        long[] bits = new long[plan.words()];
        for (int i = 0; i < plan.scopes.length; i++) {
            if (plan.scopes[i].on(this)) {
                bits[i >> 6] |= 1L << i;
            }
        }
        if (brief) {
            table[place] = new Known(Arrays.copyOf(key, length), bits);
        }
        return bits;
    }

    @Override
    public boolean holds(int atom) {
        return plan.atoms[atom].on(view, steps);
    }

    /** What the fields hold: for each whether it is there, and each value that matters with its length. False when it is too long. */
    private boolean key() {
        length = 0;
        for (int i = 0; i < plan.fields.length; i++) {
            int field = plan.fields[i];
            Whole texts = plan.texts[i];
            int count = view.count(field);
            if (length + 2 > LONGEST) {
                return false;
            }
            key[length++] = (byte) (view.missing(field) ? view.has(field) ? 1 : 0 : 2);
            key[length++] = (byte) count;
            if (count > 100) {
                return false;
            }
            for (int value = view.first(field); value < view.first(field) + count; value++) {
                view.ready(value);
                if (texts != null
                        && texts.find(view.folded[value], view.foldedFrom[value], view.foldedLength[value]) < 0) {
                    continue;
                }
                int size = view.length[value];
                if (length + size + 2 > LONGEST) {
                    return false;
                }
                key[length++] = (byte) size;
                key[length++] = (byte) (size >> 8);
                System.arraycopy(view.raw[value], view.from[value], key, length, size);
                length += size;
            }
        }
        return true;
    }

    private int place() {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + key[i];
        }
        return (hash * 0x9E3779B9 >>> 16) & ROOM - 1;
    }
}
