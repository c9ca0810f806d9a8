package org.wanglou.crypto.sm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

/** The examples of GB/T 32905, 32907, 32918.5 and RFC 8998 A.1. */
class VectorsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final BigInteger D =
            new BigInteger("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8", 16);
    private static final BigInteger R =
            new BigInteger("F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3", 16);
    private static final BigInteger S =
            new BigInteger("B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA", 16);

    @Test
    void sm3_gives_both_published_digests() {
        assertThat(Sm3.hex(ascii("abc"))).isEqualTo("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        assertThat(Sm3.hex(ascii("abcd".repeat(16))))
                .isEqualTo("debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
    }

    @Test
    void sm3_of_parts_is_sm3_of_the_whole() {
        assertThat(Sm3.digest(ascii("a"), ascii(""), ascii("bc"))).isEqualTo(Sm3.digest(ascii("abc")));
    }

    @Test
    void hmac_sm3_gives_the_published_code() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (i + 1);
        }
        assertThat(HEX.formatHex(Sm3.hmac(key, ascii("abc"))))
                .isEqualTo("44809d3ff5336f44071be1917887380730ae145f940a53819279801784c65e17");
    }

    @Test
    void ids_tell_apart_where_parts_are_cut() {
        assertThat(Sm3.id("ab", "c"))
                .hasSize(32)
                .isNotEqualTo(Sm3.id("a", "bc"))
                .isEqualTo(Sm3.id("ab", "c"));
        assertThat(Sm3.id("一"))
                .isEqualTo(HEX.formatHex(Sm3.idBytes("一".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Sm3.hex(new byte[] {0, 0, 0, 3}, "一".getBytes(StandardCharsets.UTF_8))
                        .substring(0, 32));
    }

    @Test
    void sm4_gives_the_published_block() {
        SM4Engine sm4 = new SM4Engine();
        byte[] key = HEX.parseHex("0123456789abcdeffedcba9876543210");
        sm4.init(true, new KeyParameter(key));
        byte[] out = new byte[16];
        sm4.processBlock(key, 0, out, 0);
        assertThat(HEX.formatHex(out)).isEqualTo("681edf34d206965e86b3e94f536e4246");
    }

    @Test
    void sm4_gcm_gives_the_published_ciphertext_and_tag() {
        byte[] iv = HEX.parseHex("00001234567800000000abcd");
        byte[] sealed = Sm4Gcm.seal(
                HEX.parseHex("0123456789abcdeffedcba9876543210"),
                iv,
                HEX.parseHex("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
                HEX.parseHex("a".repeat(16)
                        + "b".repeat(16)
                        + "c".repeat(16)
                        + "d".repeat(16)
                        + "e".repeat(16)
                        + "f".repeat(16)
                        + "e".repeat(16)
                        + "a".repeat(16)));
        assertThat(HEX.formatHex(sealed))
                .isEqualTo("00001234567800000000abcd"
                        + "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
                        + "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
                        + "83de3541e4c2b58177e065a9bf7b62ec");
    }

    @Test
    void sm4_gcm_opens_what_it_sealed_and_nothing_else() {
        byte[] key = KeyRing.randomSecret(Sm4Gcm.KEY_LENGTH);
        byte[] sealed = Sm4Gcm.seal(key, ascii("row 1"), ascii("secret"));
        assertThat(Sm4Gcm.open(key, ascii("row 1"), sealed)).isEqualTo(ascii("secret"));
        assertThat(Sm4Gcm.seal(key, ascii("row 1"), ascii("secret"))).isNotEqualTo(sealed);
        assertThat(Sm4Gcm.open(key, ascii(""), Sm4Gcm.seal(key, ascii(""), new byte[0])))
                .isEmpty();
        assertThatThrownBy(() -> Sm4Gcm.open(key, ascii("row 2"), sealed)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sm4Gcm.open(KeyRing.randomSecret(16), ascii("row 1"), sealed))
                .isInstanceOf(IllegalArgumentException.class);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> Sm4Gcm.open(key, ascii("row 1"), changed))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Sm4Gcm.open(key, ascii("row 1"), new byte[27]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sm2_derives_the_published_public_key() {
        PublicKey key = Keys.publicOf(Keys.privateFrom(D));
        assertThat(HEX.withUpperCase().formatHex(Keys.point(key)))
                .isEqualTo("0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
                        + "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13");
    }

    @Test
    void sm2_accepts_the_published_signature_and_none_beside_it() throws Exception {
        Sm2Verifier verifier = new Sm2Verifier(Keys.publicOf(Keys.privateFrom(D)));
        byte[] message = ascii("message digest");
        assertThat(verifier.verify(message, der(R, S))).isTrue();
        assertThat(verifier.verify(message, der(R.add(BigInteger.ONE), S))).isFalse();
        assertThat(verifier.verify(message, der(R, S.add(BigInteger.ONE)))).isFalse();
        assertThat(verifier.verify(message, der(BigInteger.ZERO, S))).isFalse();
        assertThat(verifier.verify(ascii("message digesT"), der(R, S))).isFalse();
        assertThat(new Sm2Verifier(Keys.generate().getPublic()).verify(message, der(R, S)))
                .isFalse();
        // After garbage the verifier still works: the instance was discarded.
        assertThat(verifier.verify(message, ascii("no signature"))).isFalse();
        assertThat(verifier.verify(message, new byte[0])).isFalse();
        assertThat(verifier.verify(message, Arrays.copyOf(der(R, S), 40))).isFalse();
        assertThat(verifier.verify(message, der(R, S))).isTrue();
    }

    @Test
    void private_keys_out_of_range_are_refused() {
        assertThatThrownBy(() -> Keys.privateFrom(BigInteger.ZERO)).isInstanceOf(IllegalArgumentException.class);
        PrivateKey key = Keys.privateFrom(D);
        assertThat(Keys.privateFromPem(Keys.privatePem(key))).isEqualTo(key);
    }

    static byte[] der(BigInteger r, BigInteger s) throws java.io.IOException {
        return new DERSequence(new ASN1Encodable[] {new ASN1Integer(r), new ASN1Integer(s)}).getEncoded();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
