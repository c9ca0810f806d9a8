package org.wanglou.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.HexFormat;
import org.wanglou.crypto.merkle.MerkleTree;
import org.wanglou.crypto.merkle.TreeHash;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm2Signer;
import org.wanglou.crypto.sm.Sm2Verifier;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.crypto.sm.Sm4Gcm;

/** Known answers that every algorithm must give before the process uses it. Thread-safe. */
public final class SelfTest {
    private static final HexFormat HEX = HexFormat.of();

    private SelfTest() {}

    /**
     * Computes the published examples of SM3, SM2 (GB/T 32918.5) and SM4-GCM (RFC 8998 A.1), one tree root, and one fresh
     * pair's sign and verify.
     *
     * @throws IllegalStateException naming the first that differs; the process must not go on
     */
    public static void run() {
        require(
                "SM3",
                Sm3.hex(ascii("abc")).equals("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"));
        require(
                "HMAC-SM3",
                HEX.formatHex(Sm3.hmac(
                                HEX.parseHex("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"),
                                ascii("abc")))
                        .equals("44809d3ff5336f44071be1917887380730ae145f940a53819279801784c65e17"));
        require("SM2 verification", sm2Example());
        require("SM2 signing", freshPair());
        require("SM4-GCM", sm4GcmExample());
        MerkleTree tree = new MerkleTree(TreeHash.SM3);
        tree.append(new byte[0]);
        tree.append(new byte[] {0});
        require(
                "the tree's root",
                HEX.formatHex(tree.root()).equals("0b990fe0c7ad70f1bf1a1262f2c7908ea48146b14253a6db99f2917ab1f5cc4d"));
    }

    private static boolean sm2Example() {
        Sm2Verifier verifier = new Sm2Verifier(Keys.publicOf(Keys.privateFrom(
                new BigInteger("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8", 16))));
        byte[] der = HEX.parseHex("3046022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                + "022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
        return verifier.verify(ascii("message digest"), der) && !verifier.verify(ascii("message Digest"), der);
    }

    private static boolean freshPair() {
        KeyPair pair = Keys.generate();
        byte[] signature = Sm2Signer.of(pair.getPrivate()).sign(ascii("self-test"));
        Sm2Verifier verifier = new Sm2Verifier(pair.getPublic());
        return verifier.verify(ascii("self-test"), signature) && !verifier.verify(ascii("self-text"), signature);
    }

    private static boolean sm4GcmExample() {
        // The published example, in the order IV, ciphertext, tag.
        byte[] sealed = HEX.parseHex("00001234567800000000abcd"
                + "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
                + "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
                + "83de3541e4c2b58177e065a9bf7b62ec");
        byte[] key = HEX.parseHex("0123456789abcdeffedcba9876543210");
        byte[] aad = HEX.parseHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        byte[] plain = HEX.parseHex("a".repeat(16)
                + "b".repeat(16)
                + "c".repeat(16)
                + "d".repeat(16)
                + "e".repeat(16)
                + "f".repeat(16)
                + "e".repeat(16)
                + "a".repeat(16));
        return Arrays.equals(plain, Sm4Gcm.open(key, aad, sealed))
                && Arrays.equals(plain, Sm4Gcm.open(key, aad, Sm4Gcm.seal(key, aad, plain)));
    }

    private static void require(String what, boolean right) {
        if (!right) {
            throw new IllegalStateException("crypto self-test failed: " + what + " gives a wrong answer; not starting");
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
