package org.wanglou.crypto.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.wanglou.crypto.sm.Sm3;

/** The hash of a tree: leaves are H(00 ‖ entry), nodes H(01 ‖ left ‖ right), the empty tree H(""). Immutable. */
public enum TreeHash {
    SM3("sm3"),
    /** For interchange with stock tlog tooling and published vectors. */
    SHA256("sha256");

    /** Bytes of every hash here. */
    public static final int LENGTH = 32;

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private final String label;

    TreeHash(String label) {
        this.label = label;
    }

    /** The last part of an origin, {@code sm3} or {@code sha256}. */
    public String label() {
        return label;
    }

    /**
     * The hash that an origin such as {@code wanglou/sd/ledger/sm3} names by its last part.
     *
     * @throws IllegalArgumentException when it names none
     */
    public static TreeHash ofOrigin(String origin) {
        for (TreeHash hash : values()) {
            if (origin.endsWith("/" + hash.label)) {
                return hash;
            }
        }
        throw new IllegalArgumentException("origin '" + origin + "' does not end in /sm3 or /sha256");
    }

    public byte[] leaf(byte[] entry) {
        return hash(LEAF, entry);
    }

    public byte[] node(byte[] left, byte[] right) {
        return hash(NODE, left, right);
    }

    /** Root of the tree without leaves. */
    public byte[] empty() {
        return hash();
    }

    /**
     * Reads bytes from base64 in its one form: no missing padding, no stray bits.
     *
     * @throws IllegalArgumentException when the text is another writing of the bytes, or of none
     */
    static byte[] base64(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("base64 is not in its one form");
        }
        return bytes;
    }

    /**
     * Reads one hash from base64.
     *
     * @throws IllegalArgumentException when the text is not one hash in base64's one form
     */
    public static byte[] parse(String text) {
        byte[] hash = base64(text);
        if (hash.length != LENGTH) {
            throw new IllegalArgumentException("a hash has " + LENGTH + " bytes, not " + hash.length);
        }
        return hash;
    }

    /** The plain hash over the parts. */
    public byte[] hash(byte[]... parts) {
        if (this == SM3) {
            return Sm3.digest(parts);
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
