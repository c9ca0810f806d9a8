package org.wanglou.store.ledger;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.wanglou.crypto.merkle.Checkpoint;
import org.wanglou.crypto.sm.Keys;

/**
 * What a verification found. Immutable.
 *
 * @param kind {@code directory}, {@code bundle}, {@code proof} or {@code check}
 * @param subject the file or directory looked at
 * @param origin of the log, empty when unknown
 * @param size leaves of the checkpoint
 * @param root of the checkpoint in hex
 * @param kid id of the key that the signature was checked against
 * @param leaves how many leaves were verified
 * @param objects how many sealed objects were compared with their leaves
 * @param problems everything that is wrong; empty means sound
 * @param notes what the verdict does not cover
 * @param usable false when the input is not of this kind at all
 */
public record Verdict(
        String kind,
        String subject,
        String origin,
        long size,
        String root,
        String kid,
        long leaves,
        long objects,
        List<Problem> problems,
        List<String> notes,
        boolean usable) {
    public Verdict {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /**
     * One thing that is wrong.
     *
     * @param code for programs: signature, key, missing, changed, deleted, inserted, root, old, forked, object, unreadable
     * @param where file, and line or leaf
     */
    public record Problem(String code, String where, String message) {}

    public boolean ok() {
        return usable && problems.isEmpty();
    }

    /** 0 sound, 1 something is wrong, 2 the input cannot be used. */
    public int exitCode() {
        if (!usable) {
            return 2;
        }
        return problems.isEmpty() ? 0 : 1;
    }

    /** A few lines for a person. */
    public String text() {
        StringBuilder text = new StringBuilder(ok() ? "ok" : usable ? "NOT OK" : "cannot be verified")
                .append(": ")
                .append(kind)
                .append(' ')
                .append(subject)
                .append('\n');
        if (!origin.isEmpty()) {
            text.append("  log ")
                    .append(origin)
                    .append(", size ")
                    .append(size)
                    .append(", root ")
                    .append(root);
            text.append("\n  key ").append(kid).append('\n');
            text.append("  verified: ")
                    .append(leaves)
                    .append(" leaves, ")
                    .append(objects)
                    .append(" objects\n");
        }
        for (Problem problem : problems) {
            text.append("  ")
                    .append(problem.code)
                    .append(": ")
                    .append(problem.where)
                    .append(": ")
                    .append(problem.message)
                    .append('\n');
        }
        notes.forEach(note -> text.append("  note: ").append(note).append('\n'));
        return text.toString();
    }

    /** Collects a verdict. Confined to one thread. */
    static final class Findings {
        /** A rewritten file would otherwise be reported leaf by leaf. */
        private static final int MAX_PROBLEMS = 50;

        private final String kind;
        private final String subject;
        private final List<Problem> problems = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private String origin = "";
        private long size;
        private String root = "";
        private String kid = "";
        private long leaves;
        private long objects;
        private long unlisted;
        private boolean usable = true;

        Findings(String kind, String subject) {
            this.kind = kind;
            this.subject = subject;
        }

        void problem(String code, String where, String message) {
            if (problems.size() < MAX_PROBLEMS) {
                problems.add(new Problem(code, where, message));
            } else {
                unlisted++;
            }
        }

        void note(String note) {
            notes.add(note);
        }

        void key(PublicKey key) {
            kid = Keys.kid(key);
        }

        void head(Checkpoint head) {
            origin = head.origin();
            size = head.size();
            root = head.rootHex();
        }

        void leaves(long count) {
            leaves += count;
        }

        void object() {
            objects++;
        }

        boolean sound() {
            return usable && problems.isEmpty();
        }

        Verdict unusable(String where, String message) {
            usable = false;
            problem("unreadable", where, message);
            return verdict();
        }

        Verdict verdict() {
            if (unlisted > 0) {
                notes.add(unlisted + " more problems are not listed");
            }
            return new Verdict(kind, subject, origin, size, root, kid, leaves, objects, problems, notes, usable);
        }
    }
}
