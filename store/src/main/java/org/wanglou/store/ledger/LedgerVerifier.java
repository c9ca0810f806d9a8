package org.wanglou.store.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.wanglou.crypto.envelope.Jcs;
import org.wanglou.crypto.merkle.Checkpoint;
import org.wanglou.crypto.merkle.NewerHead;
import org.wanglou.crypto.merkle.Subtrees;
import org.wanglou.crypto.merkle.TlogProof;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.store.ledger.Verdict.Findings;

/**
 * Verifies ledger directories, exported bundles and single proofs offline, and says exactly what is wrong.
 *
 * <p>The public key should come from elsewhere than the thing verified; without one the key found beside it is used and
 * the verdict says so. A newer head shows whether the thing is an old copy or a fork. Thread-safe.
 */
public final class LedgerVerifier {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Optional<PublicKey> trusted;
    private final Optional<String> newerHead;

    /**
     * @param trusted the log's public key
     * @param newerHead text of a checkpoint, or of one with a consistency proof before it ({@link NewerHead})
     */
    public LedgerVerifier(Optional<PublicKey> trusted, Optional<String> newerHead) {
        this.trusted = trusted;
        this.newerHead = newerHead;
    }

    /** Verifies whatever is there: a directory, a bundle or a proof. */
    public Verdict verify(Path subject, Optional<Path> object) {
        if (Files.isDirectory(subject)) {
            return directory(subject);
        }
        try (var reader = Files.newBufferedReader(subject, StandardCharsets.ISO_8859_1)) {
            char[] first = new char[1];
            return reader.read(first) == 1 && first[0] == '{' ? bundle(subject) : proof(subject, object);
        } catch (IOException e) {
            return new Findings("file", subject.toString()).unusable(subject.toString(), "cannot be read: " + e);
        }
    }

    /** Verifies every file of a ledger directory; see {@link DirectoryVerifier}. */
    public Verdict directory(Path dir) {
        return new DirectoryVerifier(dir, trusted, newerHead).verify();
    }

    /** Verifies an exported bundle; see {@link LedgerExport} for its form. */
    public Verdict bundle(Path file) {
        return new BundleVerifier(file, trusted, newerHead).verify();
    }

    /**
     * Verifies a tlog-proof, and the object it seals when that is given: a file {@code {"object":…,"salt":"…"}}, or for
     * notifications the exact bytes that were sent.
     */
    public Verdict proof(Path file, Optional<Path> object) {
        Findings findings = new Findings("proof", file.toString());
        TlogProof proof;
        Checkpoint head;
        try {
            proof = TlogProof.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException | Checkpoint.NotTrusted e) {
            return findings.unusable(file.toString(), String.valueOf(e.getMessage()));
        }
        if (trusted.isEmpty()) {
            return findings.unusable(file.toString(), "a proof needs the log's public key: give its PEM file");
        }
        PublicKey key = trusted.get();
        findings.key(key);
        try {
            head = Checkpoint.parse(proof.checkpoint());
            findings.head(head);
            Checkpoint.verified(proof.checkpoint(), key);
        } catch (Checkpoint.NotTrusted e) {
            findings.problem("signature", "checkpoint in the proof", String.valueOf(e.getMessage()));
            return findings.verdict();
        }
        if (proof.leadsTo(head)) {
            findings.leaves(1);
        } else {
            findings.problem(
                    "root",
                    "leaf " + proof.index(),
                    "leaf, index or path was changed: they do not lead to the signed root");
        }
        againstHead(findings, newerHead, key, head, Optional.empty(), false);
        if (object.isPresent()) {
            object(findings, proof, object.get());
        } else {
            findings.note("no object given: the leaf is proven, the object it names is not compared");
        }
        return findings.verdict();
    }

    private static void object(Findings findings, TlogProof proof, Path file) {
        try {
            LedgerEntry leaf = LedgerEntry.parse(proof.entry().getBytes(StandardCharsets.UTF_8));
            byte[] bytes = Files.readAllBytes(file);
            if (leaf.bodySm3().equals(Sm3.hex(bytes)) || matches(leaf, bytes)) {
                findings.object();
            } else {
                findings.problem(
                        "object",
                        file.toString(),
                        "is not the " + leaf.objType() + " " + leaf.id() + " revision " + leaf.rev()
                                + " that the leaf seals: object or salt was changed");
            }
        } catch (IOException | IllegalArgumentException e) {
            findings.problem("object", file.toString(), "cannot be compared: " + e.getMessage());
        }
    }

    private static boolean matches(LedgerEntry leaf, byte[] bytes) {
        try {
            JsonNode node = JSON.readTree(bytes);
            JsonNode object = node == null ? null : node.get("object");
            if (node == null || object == null || !node.path("salt").isTextual()) {
                return false;
            }
            // As text the exact characters are hashed; as JSON its canonical form, which is what was sealed.
            String text = object.isTextual() ? object.textValue() : Jcs.canonical(object.toString());
            return LedgerEntry.objectHash(text, node.get("salt").textValue()).equals(leaf.objHash());
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Compares with a newer head.
     *
     * @param tree all leaves up to {@code own.size()} when they are at hand
     * @param wholeLog whether falling short of the head is itself wrong, as for a directory that claims to be the log
     */
    static void againstHead(
            Findings findings,
            Optional<String> headText,
            PublicKey key,
            Checkpoint own,
            Optional<? extends Subtrees> tree,
            boolean wholeLog) {
        if (headText.isEmpty()) {
            findings.note("no newer head given: an old copy or a fork would not be noticed");
            return;
        }
        NewerHead carried;
        Checkpoint head;
        try {
            carried = NewerHead.parse(headText.get());
            head = Checkpoint.verified(carried.checkpoint(), key);
        } catch (Checkpoint.NotTrusted e) {
            findings.problem("signature", "head", String.valueOf(e.getMessage()));
            return;
        }
        if (!head.origin().equals(own.origin())) {
            findings.problem("forked", "head", "is of log " + head.origin() + ", not of " + own.origin());
        } else if (head.size() > own.size()) {
            newer(findings, carried, own, head, wholeLog);
        } else if (head.size() == own.size()) {
            if (!Arrays.equals(head.root(), own.root())) {
                findings.problem(
                        "forked", "head", "has the same size " + own.size() + " and another root: two histories");
            }
        } else if (tree.isEmpty()) {
            findings.note(
                    "the head given is older (" + head.size() + " of " + own.size() + " leaves) and says nothing");
        } else if (!Arrays.equals(tree.get().root(head.size()), head.root())) {
            findings.problem(
                    "forked",
                    "head",
                    "the first " + head.size() + " leaves are not those of the head: history was rewritten");
        }
    }

    private static void newer(Findings findings, NewerHead carried, Checkpoint own, Checkpoint head, boolean wholeLog) {
        boolean proven = carried.continues(own, head);
        if (carried.from() == own.size() && !proven) {
            findings.problem(
                    "forked",
                    "head",
                    "its consistency proof does not lead from size " + own.size() + " to " + head.size());
        } else if (wholeLog || !proven) {
            findings.problem(
                    "old",
                    "head",
                    "has " + head.size() + " leaves, this has " + own.size() + ": an old copy, or leaves were cut off"
                            + (proven ? "; the head does continue it" : "; no proof that the head continues it"));
        }
    }
}
