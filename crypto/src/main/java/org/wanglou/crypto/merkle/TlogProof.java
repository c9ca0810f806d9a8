package org.wanglou.crypto.merkle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A leaf's proof that needs nothing else: the leaf, its place, the path to the root and the signed checkpoint (C2SP
 * tlog-proof; the leaf's entry travels in its {@code extra} line). Immutable.
 */
public record TlogProof(String entry, long index, List<byte[]> path, String checkpoint) {
    private static final String HEADER = "c2sp.org/tlog-proof@v1";

    public TlogProof {
        path = List.copyOf(path);
    }

    /** The proof's file. */
    public String text() {
        StringBuilder text = new StringBuilder(HEADER)
                .append("\nextra ")
                .append(Base64.getEncoder().encodeToString(entry.getBytes(StandardCharsets.UTF_8)))
                .append("\nindex ")
                .append(index)
                .append('\n');
        path.forEach(
                hash -> text.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }

    /** @throws Checkpoint.NotTrusted when the text is no such proof, naming the line */
    public static TlogProof parse(String text) {
        int blank = text.indexOf("\n\n");
        String[] lines = (blank < 0 ? text : text.substring(0, blank)).split("\n", -1);
        if (!lines[0].equals(HEADER) || blank < 0) {
            throw new Checkpoint.NotTrusted("line 1: not a proof, '" + HEADER + "' is expected");
        }
        if (lines.length < 3 || !lines[1].startsWith("extra ") || !lines[2].startsWith("index ")) {
            throw new Checkpoint.NotTrusted("lines 2 and 3: 'extra <base64 of the leaf>' and 'index <n>' are expected");
        }
        int at = 1;
        try {
            String entry = new String(TreeHash.base64(lines[1].substring("extra ".length())), StandardCharsets.UTF_8);
            at = 2;
            String number = lines[2].substring("index ".length());
            long index = Long.parseLong(number);
            if (!Long.toString(index).equals(number)) {
                throw new IllegalArgumentException("the index is not in its one form");
            }
            List<byte[]> path = new ArrayList<>();
            for (at = 3; at < lines.length; at++) {
                path.add(TreeHash.parse(lines[at]));
            }
            return new TlogProof(entry, index, path, text.substring(blank + 2));
        } catch (IllegalArgumentException e) {
            throw new Checkpoint.NotTrusted("line " + (at + 1) + ": " + e.getMessage());
        }
    }

    /** Whether the path leads from the entry to the root of that checkpoint, whose signature is not looked at here. */
    public boolean leadsTo(Checkpoint head) {
        TreeHash hash = head.hash();
        return new InclusionProof(index, head.size(), path)
                .verify(hash, hash.leaf(entry.getBytes(StandardCharsets.UTF_8)), head.root());
    }
}
