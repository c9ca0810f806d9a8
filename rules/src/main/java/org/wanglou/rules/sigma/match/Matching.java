package org.wanglou.rules.sigma.match;

import java.util.Arrays;
import java.util.function.Consumer;
import org.wanglou.model.Event;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.match.decide.Atom;
import org.wanglou.rules.sigma.match.decide.Node;
import org.wanglou.rules.sigma.match.index.FieldIndex;
import org.wanglou.rules.sigma.match.view.EventReader;
import org.wanglou.rules.sigma.match.view.RecordReader;
import org.wanglou.rules.sigma.match.view.View;
import org.wanglou.rules.sigma.regex.SearchPattern;
import org.wanglou.rules.sigma.regex.Steps;

/**
 * One thread's use of a compiled set: what is known of the event at hand is kept by stamps, so that nothing is cleared between
 * events and nothing is allocated for an event that matches no rule. Confined to its thread; the rules are shared.
 */
public final class Matching implements Node.Facts, FieldIndex.Marks {
    private static final byte FALSE = 0;
    private static final byte TRUE = 1;
    /** It has what it needs and is still to be tried. */
    private static final byte OPEN = 2;

    private final Program program;
    private final View view;
    private final RecordReader reader;
    private final Steps steps = new Steps(SearchPattern.BUDGET);

    private int epoch;
    private boolean scanned;
    private final int[] atomStamps;
    private final byte[] atomFacts;
    private final Scopes scopes;
    private long[] in = new long[0];
    private final int[] ruleStamps;
    private int[] candidates = new int[64];
    private int candidateCount;
    private int[] matched = new int[16];
    private int matchedCount;
    private final Tally tally;

    Matching(Program program, Costs costs) {
        this.program = program;
        this.view = new View(program.names);
        this.reader = new RecordReader(view);
        this.atomStamps = new int[program.atoms.length];
        this.atomFacts = new byte[program.atoms.length];
        this.scopes = new Scopes(program.scopes, view, steps);
        this.ruleStamps = new int[program.rules.length];
        this.tally = new Tally(program.rules.length, costs);
    }

    /** Gives every rule that matches the event, in the order of the set. */
    public void match(Event event, Consumer<SigmaRule> found) {
        EventReader.read(event, view, program.everywhere);
        view.derive();
        run();
        for (int i = 0; i < matchedCount; i++) {
            found.accept(program.rules[matched[i]]);
        }
    }

    /**
     * As {@link #match}, from an ECS record as it stands on the bus.
     *
     * @return false, with nothing told, when the record has to be decoded first
     */
    public boolean match(byte[] record, int offset, int length, Consumer<SigmaRule> found) {
        if (!reader.read(record, offset, length)) {
            return false;
        }
        view.derive();
        run();
        for (int i = 0; i < matchedCount; i++) {
            found.accept(program.rules[matched[i]]);
        }
        return true;
    }

    /** The values of the event looked at last. */
    public View view() {
        return view;
    }

    private void run() {
        begin();
        in = scopes.of();
        for (int i = 0; i < view.presentCount; i++) {
            int field = view.present[i];
            if (!wanted(field)) {
                continue;
            }
            FieldIndex index = program.indexes.of(field);
            if (index != null) {
                int first = view.first(field);
                int end = first + view.count(field);
                for (int value = first; value < end; value++) {
                    index.mark(view, value, this);
                }
            }
            for (int atom : program.indexes.present(field)) {
                open(atom);
            }
        }
        if (wanted(program.names.size())) {
            everywhere();
        }
        scanned = true;
        for (int rule : program.always) {
            decide(rule);
        }
        for (int i = 0; i < candidateCount; i++) {
            decide(candidates[i]);
        }
        if (matchedCount > 1) {
            Arrays.sort(matched, 0, matchedCount);
        }
        tally.event();
    }

    private void everywhere() {
        FieldIndex everywhere = program.indexes.everywhere();
        if (everywhere != null) {
            for (int value = 0; value < view.stated; value++) {
                everywhere.mark(view, value, this);
            }
        }
        for (int atom : program.indexes.present(Atom.EVERYWHERE)) {
            open(atom);
        }
    }

    /** Whether the event is in a scope whose rules the index of a field is for. */
    private boolean wanted(int field) {
        long[] scopesOfField = program.fieldScopes[field];
        for (int i = 0; i < scopesOfField.length; i++) {
            if ((scopesOfField[i] & in[i]) != 0) {
                return true;
            }
        }
        return false;
    }

    private void begin() {
        candidateCount = 0;
        matchedCount = 0;
        scanned = false;
        if (++epoch == Integer.MAX_VALUE) {
            Arrays.fill(atomStamps, 0);
            Arrays.fill(ruleStamps, 0);
            epoch = 1;
        }
    }

    @Override
    public void atom(int atom, int value, boolean exact) {
        if (atomStamps[atom] == epoch && (atomFacts[atom] == TRUE || !exact)) {
            return;
        }
        boolean first = atomStamps[atom] != epoch;
        atomStamps[atom] = epoch;
        atomFacts[atom] = exact ? TRUE : OPEN;
        if (first) {
            call(atom);
        }
    }

    private void open(int atom) {
        if (atomStamps[atom] != epoch) {
            atomStamps[atom] = epoch;
            atomFacts[atom] = OPEN;
            call(atom);
        }
    }

    private void call(int atom) {
        for (int rule : program.waiting[atom]) {
            if (ruleStamps[rule] != epoch) {
                ruleStamps[rule] = epoch;
                if (candidateCount == candidates.length) {
                    candidates = Arrays.copyOf(candidates, candidateCount * 2);
                }
                candidates[candidateCount++] = rule;
            }
        }
    }

    private void decide(int rule) {
        if (!inScope(program.scopeOf[rule])) {
            return;
        }
        boolean holds = program.conditions[rule].on(this);
        tally.decided(rule, holds, steps);
        if (holds) {
            if (matchedCount == matched.length) {
                matched = Arrays.copyOf(matched, matchedCount * 2);
            }
            matched[matchedCount++] = rule;
        }
    }

    private boolean inScope(int scope) {
        return (in[scope >> 6] >> scope & 1) != 0;
    }

    @Override
    public boolean holds(int atom) {
        if (atomStamps[atom] == epoch) {
            if (atomFacts[atom] != OPEN) {
                return atomFacts[atom] == TRUE;
            }
        } else if (scanned && program.indexes.complete(atom)) {
            return false;
        }
        boolean holds = program.atoms[atom].on(view, steps);
        atomStamps[atom] = epoch;
        atomFacts[atom] = holds ? TRUE : FALSE;
        return holds;
    }

    /** Looks at an event without the scan, so that single conditions can be asked. */
    void look(Event event) {
        EventReader.read(event, view, true);
        view.derive();
        begin();
        in = scopes.of();
    }

    boolean ruleInScope(int rule) {
        return inScope(program.scopeOf[rule]);
    }
}
