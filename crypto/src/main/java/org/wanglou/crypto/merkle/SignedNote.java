package org.wanglou.crypto.merkle;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.wanglou.crypto.sm.Sm2Signer;
import org.wanglou.crypto.sm.Sm2Verifier;

/**
 * The signature lines of a checkpoint: {@code — <origin> base64(4-byte key id ‖ R ‖ S)}.
 *
 * <p>R and S are 32 bytes each: of fixed length, so that one signature has one text. Thread-safe.
 */
final class SignedNote {
    /** Type 0xff of signed notes, then the name of the scheme. */
    static final byte[] TYPE = type("wanglou-sm2-sm3-v1");

    private static final String DASH = "\u2014 ";
    private static final int KEY_ID = 4;
    private static final int SCALAR = 32;

    private SignedNote() {}

    static String sign(Checkpoint checkpoint, Sm2Signer signer) {
        String body = checkpoint.body();
        byte[] raw = raw(signer.sign(body.getBytes(StandardCharsets.UTF_8)));
        byte[] line = ByteBuffer.allocate(KEY_ID + raw.length)
                .put(Checkpoint.keyId(checkpoint.origin(), signer.publicKey()))
                .put(raw)
                .array();
        return body + "\n" + DASH + checkpoint.origin() + " "
                + Base64.getEncoder().encodeToString(line) + "\n";
    }

    /** Everything before the blank line. */
    static String body(String text) {
        int blank = text.indexOf("\n\n");
        if (blank < 0) {
            throw new Checkpoint.NotTrusted("the checkpoint has no blank line before its signatures");
        }
        return text.substring(0, blank + 1);
    }

    static void requireSigned(Checkpoint checkpoint, String text, PublicKey key) {
        String body = body(text);
        byte[] keyId = Checkpoint.keyId(checkpoint.origin(), key);
        boolean signed = false;
        String signatures = text.substring(body.length() + 1);
        if (!signatures.endsWith("\n")) {
            throw new Checkpoint.NotTrusted("the checkpoint's last line is cut");
        }
        for (String line : signatures.split("\n")) {
            byte[] value = value(line);
            String name = line.substring(DASH.length(), line.lastIndexOf(' '));
            boolean known = name.equals(checkpoint.origin()) && Arrays.equals(keyId, Arrays.copyOf(value, KEY_ID));
            if (known) {
                if (value.length != KEY_ID + 2 * SCALAR
                        || !new Sm2Verifier(key)
                                .verify(
                                        body.getBytes(StandardCharsets.UTF_8),
                                        der(Arrays.copyOfRange(value, KEY_ID, value.length)))) {
                    throw new Checkpoint.NotTrusted(
                            "the checkpoint's signature is wrong: text or signature was changed");
                }
                signed = true;
            }
        }
        if (!signed) {
            throw new Checkpoint.NotTrusted("the checkpoint is not signed by the trusted key");
        }
    }

    private static byte[] value(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space <= DASH.length()) {
            throw new Checkpoint.NotTrusted("a signature line of the checkpoint cannot be read");
        }
        try {
            String text = line.substring(space + 1);
            byte[] value = Base64.getDecoder().decode(text);
            if (value.length > KEY_ID
                    && Base64.getEncoder().encodeToString(value).equals(text)) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            // Falls through: not base64 and base64 in another form are one fault.
        }
        throw new Checkpoint.NotTrusted("a signature line of the checkpoint is not base64");
    }

    /** R ‖ S from the DER form. */
    static byte[] raw(byte[] der) {
        ASN1Sequence sequence = ASN1Sequence.getInstance(der);
        byte[] raw = new byte[2 * SCALAR];
        for (int i = 0; i < 2; i++) {
            byte[] number = ASN1Integer.getInstance(sequence.getObjectAt(i))
                    .getPositiveValue()
                    .toByteArray();
            int from = Math.max(0, number.length - SCALAR);
            int length = number.length - from;
            System.arraycopy(number, from, raw, (i + 1) * SCALAR - length, length);
        }
        return raw;
    }

    /** The DER form of R ‖ S. */
    static byte[] der(byte[] raw) {
        ASN1EncodableVector numbers = new ASN1EncodableVector();
        numbers.add(new ASN1Integer(new BigInteger(1, Arrays.copyOf(raw, SCALAR))));
        numbers.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, SCALAR, 2 * SCALAR))));
        try {
            return new DERSequence(numbers).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("two numbers always encode", e);
        }
    }

    private static byte[] type(String name) {
        byte[] label = name.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(1 + label.length).put((byte) 0xff).put(label).array();
    }
}
