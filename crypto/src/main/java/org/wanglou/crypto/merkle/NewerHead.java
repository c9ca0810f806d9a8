package org.wanglou.crypto.merkle;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A newer signed head, with or without the proof that it continues an older tree. With the proof it has the form of a
 * witness's add-checkpoint request: {@code old <size>}, base64 hashes, blank line, checkpoint. Immutable.
 *
 * @param from size of the older tree, -1 when the file is a bare checkpoint
 */
public record NewerHead(long from, List<byte[]> path, String checkpoint) {
    public NewerHead {
        path = List.copyOf(path);
    }

    /** The head of the tree with the proof that it continues its first {@code from} leaves. */
    public static NewerHead since(Subtrees tree, long from, long size, String checkpoint) {
        return new NewerHead(from, tree.consistencyPath(from, size), checkpoint);
    }

    /** @throws Checkpoint.NotTrusted when it is neither a checkpoint nor one with a proof before it */
    public static NewerHead parse(String text) {
        if (!text.startsWith("old ")) {
            return new NewerHead(-1, List.of(), text);
        }
        int blank = text.indexOf("\n\n");
        if (blank < 0) {
            throw new Checkpoint.NotTrusted("the head has no blank line after its consistency proof");
        }
        String[] lines = text.substring(0, blank).split("\n", -1);
        try {
            long from = Long.parseLong(lines[0].substring("old ".length()));
            List<byte[]> path = new ArrayList<>();
            for (int i = 1; i < lines.length; i++) {
                path.add(TreeHash.parse(lines[i]));
            }
            return new NewerHead(from, path, text.substring(blank + 2));
        } catch (IllegalArgumentException e) {
            throw new Checkpoint.NotTrusted("the head's consistency proof cannot be read: " + e.getMessage());
        }
    }

    public String text() {
        if (from < 0) {
            return checkpoint;
        }
        StringBuilder text = new StringBuilder("old ").append(from).append('\n');
        path.forEach(
                hash -> text.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }

    /** Whether the carried proof shows that the head's tree begins with the older one. */
    public boolean continues(Checkpoint older, Checkpoint head) {
        return from == older.size()
                && new ConsistencyProof(from, head.size(), path).verify(head.hash(), older.root(), head.root());
    }
}
