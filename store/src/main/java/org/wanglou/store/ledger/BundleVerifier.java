package org.wanglou.store.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.wanglou.crypto.merkle.Checkpoint;
import org.wanglou.crypto.merkle.InclusionProof;
import org.wanglou.crypto.merkle.MerkleTree;
import org.wanglou.crypto.merkle.TreeHash;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.store.ledger.Verdict.Findings;

/** Verifies one bundle of the form that {@link LedgerExport} writes. Confined to one thread. */
final class BundleVerifier {
    private static final Set<String> HEADER =
            Set.of("format", "origin", "checkpoint", "publicKey", "kid", "scope", "count");
    private static final Set<String> SCOPE = Set.of("from", "to", "organization");
    private static final Set<String> LEAF = Set.of("index", "leaf", "object", "salt");

    private final Path file;
    private final Optional<PublicKey> trusted;
    private final Optional<String> newerHead;
    private final Findings findings;

    private Checkpoint head;
    private MerkleTree tree;
    private boolean part;
    private long line = 1;
    private long expected;
    private long seen;
    private long erased;
    /** Whether a leaf line could not be used, so that the root cannot come out right and need not be named too. */
    private boolean gaps;

    BundleVerifier(Path file, Optional<PublicKey> trusted, Optional<String> newerHead) {
        this.file = file;
        this.trusted = trusted;
        this.newerHead = newerHead;
        this.findings = new Findings("bundle", file.toString());
        this.head = new Checkpoint("none/sm3", 0, TreeHash.SM3.empty());
        this.tree = new MerkleTree(TreeHash.SM3);
    }

    Verdict verify() {
        // Malformed UTF-8 is a changed byte to be named, not a failed read.
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            String first = in.readLine();
            JsonNode header = first == null ? null : parse(first);
            if (header == null || !header.path("format").asText().equals(LedgerExport.FORMAT)) {
                return findings.unusable(
                        file + " line 1", "is not the header of a bundle of form " + LedgerExport.FORMAT);
            }
            return body(header, in);
        } catch (IOException | IllegalArgumentException e) {
            return findings.unusable(file.toString(), "cannot be read: " + e.getMessage());
        }
    }

    private Verdict body(JsonNode header, BufferedReader in) throws IOException {
        PublicKey key = key(header);
        findings.key(key);
        String checkpoint = header.path("checkpoint").asText();
        head = Checkpoint.parse(checkpoint);
        findings.head(head);
        try {
            Checkpoint.verified(checkpoint, key);
        } catch (Checkpoint.NotTrusted e) {
            findings.problem("signature", at(), String.valueOf(e.getMessage()));
        }
        header(header, key);
        tree = new MerkleTree(head.hash());
        part = header.path("scope").asText().equals("part");
        for (String text = in.readLine(); text != null; text = in.readLine()) {
            line++;
            leaf(text);
        }
        long count = header.path("count").asLong(-1);
        if (!gaps && seen != count && (part || expected == head.size())) {
            findings.problem("missing", file.toString(), "holds " + seen + " leaves, its header says " + count);
        }
        if (!part) {
            whole();
        } else {
            findings.note("a part of the ledger: each leaf is proven, completeness is not");
        }
        if (erased > 0) {
            findings.note(erased + " objects are not contained; their leaves are proven");
        }
        LedgerVerifier.againstHead(
                findings,
                newerHead,
                key,
                head,
                !part && findings.sound() ? Optional.of(tree) : Optional.empty(),
                false);
        return findings.verdict();
    }

    /** The header is not signed: what it repeats must be so, and nothing may stand in it that we do not know. */
    private void header(JsonNode header, PublicKey key) {
        Set<String> names = new TreeSet<>(HEADER);
        String scope = header.path("scope").asText();
        if (scope.equals("part")) {
            names.addAll(SCOPE);
        } else if (!scope.equals("whole")) {
            findings.problem("changed", at(), "scope is neither 'whole' nor 'part'");
        }
        if (!fields(header).equals(names)) {
            findings.problem(
                    "changed", at(), "the header has the fields " + fields(header) + ", expected are " + names);
        }
        if (!header.path("origin").asText().equals(head.origin())
                || !header.path("kid").asText().equals(Keys.kid(key))) {
            findings.problem("changed", at(), "origin or kid is not that of checkpoint and key");
        }
    }

    private static Set<String> fields(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private PublicKey key(JsonNode header) {
        String pem = header.path("publicKey").asText();
        if (trusted.isEmpty()) {
            findings.note("no trusted key given: checked with the key that the bundle itself carries");
            return Keys.publicFromPem(pem);
        }
        if (!pem.equals(Keys.publicPem(trusted.get()))) {
            findings.problem("key", at(), "the bundle carries another key than the trusted one");
        }
        return trusted.get();
    }

    private void leaf(String text) {
        JsonNode node = parse(text);
        if (node == null
                || !node.path("leaf").isTextual()
                || !node.path("index").isIntegralNumber()
                || !known(fields(node))) {
            findings.problem("changed", at(), "cannot be read: expected was leaf " + expected);
            skip();
            return;
        }
        long index = node.get("index").longValue();
        if (!part && index != expected) {
            order(index);
        }
        byte[] bytes = node.get("leaf").textValue().getBytes(StandardCharsets.UTF_8);
        seen++;
        expected = index + 1;
        if (part) {
            proven(node, index, bytes);
        } else {
            tree.append(bytes);
        }
        object(node, index, bytes);
    }

    /** An object that is left out must be null: a misspelt field would pass for an erased object. */
    private boolean known(Set<String> fields) {
        return fields.containsAll(LEAF)
                && fields.stream()
                        .allMatch(
                                name -> LEAF.contains(name) || name.equals("bodySm3") || (part && name.equals("path")));
    }

    private void order(long index) {
        gaps = true;
        if (index > expected) {
            String last = index == expected + 1 ? "" : " to " + (index - 1);
            findings.problem("deleted", at(), "leaf " + expected + last + " is missing before leaf " + index);
        } else {
            findings.problem("inserted", at(), "leaf " + index + " comes again or out of order");
        }
    }

    private void proven(JsonNode node, long index, byte[] bytes) {
        List<byte[]> path = new ArrayList<>();
        try {
            for (JsonNode hash : node.path("path")) {
                path.add(TreeHash.parse(hash.asText()));
            }
        } catch (IllegalArgumentException e) {
            findings.problem("changed", at(), "leaf " + index + ": a hash of its path cannot be read");
            return;
        }
        if (new InclusionProof(index, head.size(), path)
                .verify(head.hash(), head.hash().leaf(bytes), head.root())) {
            findings.leaves(1);
        } else {
            findings.problem(
                    "changed",
                    at(),
                    "leaf " + index + ": leaf, index or path was changed, they do not lead to the signed root");
        }
    }

    private void object(JsonNode node, long index, byte[] bytes) {
        LedgerEntry entry;
        try {
            entry = LedgerEntry.parse(bytes);
        } catch (IllegalArgumentException e) {
            findings.problem("changed", at(), "leaf " + index + ": " + e.getMessage());
            return;
        }
        if (!node.path("bodySm3").asText().equals(entry.bodySm3())) {
            findings.problem("changed", at(), "leaf " + index + ": bodySm3 is not the leaf's");
        }
        if (node.path("object").isNull() && node.path("salt").isNull()) {
            erased++;
            return;
        }
        boolean same;
        try {
            same = LedgerEntry.objectHash(
                            node.path("object").asText(), node.path("salt").asText())
                    .equals(entry.objHash());
        } catch (IllegalArgumentException e) {
            same = false;
        }
        if (same) {
            findings.object();
        } else {
            findings.problem(
                    "object",
                    at(),
                    "leaf " + index + ": the " + entry.objType() + " " + entry.id() + " revision " + entry.rev()
                            + " is not the sealed one: object or salt was changed");
        }
    }

    private void whole() {
        if (expected < head.size()) {
            gaps = true;
            findings.problem(
                    "deleted",
                    file.toString(),
                    "ends after leaf " + (expected - 1) + ", the checkpoint has " + head.size() + " leaves");
        }
        if (gaps) {
            return;
        }
        if (tree.size() == head.size() && Arrays.equals(tree.root(), head.root())) {
            findings.leaves(head.size());
        } else {
            findings.problem(
                    "root",
                    file.toString(),
                    "its " + tree.size() + " leaves do not give the signed root: a leaf was changed"
                            + (findings.sound() ? "" : " (see the leaves named)"));
        }
    }

    private void skip() {
        gaps = true;
        expected++;
        seen++;
    }

    private static @Nullable JsonNode parse(String text) {
        try {
            return LedgerExport.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private String at() {
        return file + " line " + line;
    }
}
