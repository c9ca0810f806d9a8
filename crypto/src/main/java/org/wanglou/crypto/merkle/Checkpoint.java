package org.wanglou.crypto.merkle;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm2Signer;

/**
 * The head of a log: its origin, how many leaves it has, and their root. Written as the body of a signed note (C2SP
 * tlog-checkpoint); signed with SM2 in profile wl-tlog/1. Immutable as long as nobody writes into the root.
 *
 * @param origin the log's name, ending in the hash it uses, such as {@code wanglou/sd/ledger/sm3}
 */
public record Checkpoint(String origin, long size, byte[] root) {
    public Checkpoint {
        if (origin.isEmpty() || origin.chars().anyMatch(c -> c == '+' || Character.isWhitespace(c) || c < 0x20)) {
            throw new IllegalArgumentException("an origin is a name without spaces and '+', not '" + origin + "'");
        }
        if (size < 0 || root.length != TreeHash.LENGTH) {
            throw new IllegalArgumentException("a checkpoint has a size from 0 and a root of 32 bytes");
        }
    }

    /** The hash the log uses. */
    public TreeHash hash() {
        return TreeHash.ofOrigin(origin);
    }

    /** The three lines that are signed, each with its newline. */
    public String body() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }

    /** The signed note: body, blank line, signature line. */
    public String sign(Sm2Signer signer) {
        return SignedNote.sign(this, signer);
    }

    /**
     * Reads the body and looks at no signature.
     *
     * @throws NotTrusted when the text is no checkpoint
     */
    public static Checkpoint parse(String text) {
        String body = SignedNote.body(text);
        String[] lines = body.split("\n", -1);
        if (lines.length < 4) {
            throw new NotTrusted("the checkpoint has " + (lines.length - 1) + " lines, three are needed");
        }
        try {
            long size = Long.parseLong(lines[1]);
            byte[] root = Base64.getDecoder().decode(lines[2]);
            Checkpoint read = new Checkpoint(lines[0], size, root);
            // One head has one text: no leading zeros, no padding games, no extension lines.
            if (!read.body().equals(body)) {
                throw new NotTrusted("the checkpoint is not written in its one form");
            }
            TreeHash.ofOrigin(lines[0]);
            return read;
        } catch (IllegalArgumentException e) {
            throw new NotTrusted("the checkpoint cannot be read: " + e.getMessage());
        }
    }

    /**
     * Reads a checkpoint and its signature by that key. Signatures of unknown keys are ignored.
     *
     * @throws NotTrusted when it cannot be read, is not signed by the key, or the signature is wrong
     */
    public static Checkpoint verified(String text, PublicKey key) {
        Checkpoint checkpoint = parse(text);
        SignedNote.requireSigned(checkpoint, text, key);
        return checkpoint;
    }

    /** Whether both name the same tree. */
    public boolean sameTree(Checkpoint other) {
        return origin.equals(other.origin) && size == other.size && Arrays.equals(root, other.root);
    }

    /** The root in lower-case hex. */
    public String rootHex() {
        return HexFormat.of().formatHex(root);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Checkpoint that && sameTree(that);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(root) * 31 + Long.hashCode(size);
    }

    @Override
    public String toString() {
        return origin + " size " + size + " root " + rootHex();
    }

    /** The four bytes by which a note names the key of a signature line. */
    static byte[] keyId(String origin, PublicKey key) {
        return Arrays.copyOf(
                TreeHash.ofOrigin(origin)
                        .hash((origin + "\n").getBytes(StandardCharsets.UTF_8), SignedNote.TYPE, Keys.point(key)),
                4);
    }

    /** Says why a checkpoint or proof is not to be believed. */
    public static final class NotTrusted extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        public NotTrusted(String message) {
            super(message);
        }
    }
}
