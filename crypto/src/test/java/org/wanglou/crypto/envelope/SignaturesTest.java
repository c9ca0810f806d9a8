package org.wanglou.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm2Signer;

class SignaturesTest {
    private static final KeyPair PAIR = Keys.generate();
    private static final Sm2Signer SIGNER = Sm2Signer.of(PAIR.getPrivate());
    private static final Instant NOW = Instant.parse("2026-11-24T01:02:03.456Z");

    @Test
    void an_envelope_survives_its_text_and_any_writing_of_the_document() {
        SignedEnvelope envelope = SignedEnvelope.sign(SIGNER, "{\"b\":1, \"a\":\"望楼\"}", NOW);
        SignedEnvelope read = SignedEnvelope.parse(envelope.toJson());
        assertThat(read).isEqualTo(envelope);
        assertThat(Jcs.isCanonical(envelope.toJson())).isTrue();
        assertThat(read.verify("{\"a\":\"望楼\",\"b\":1.0}", PAIR.getPublic())).isTrue();
    }

    @Test
    void what_differs_is_named() {
        String document = "{\"a\":1}";
        SignedEnvelope signed = SignedEnvelope.sign(SIGNER, document, NOW);
        assertThat(signed.problem("{\"a\":2}", PAIR.getPublic()))
                .get()
                .asString()
                .contains("document was changed");
        assertThat(signed.problem(document, Keys.generate().getPublic()))
                .get()
                .asString()
                .contains("not by the trusted key");
        SignedEnvelope later = new SignedEnvelope(
                signed.alg(), signed.kid(), "2026-11-25T01:02:03.456Z", signed.bodySm3(), signed.signature());
        assertThat(later.problem(document, PAIR.getPublic())).get().asString().contains("signature is wrong");
        SignedEnvelope other =
                new SignedEnvelope("rsa", signed.kid(), signed.signedAt(), signed.bodySm3(), signed.signature());
        assertThat(other.problem(document, PAIR.getPublic())).get().asString().contains("algorithm");
        assertThatThrownBy(() -> SignedEnvelope.parse("{\"alg\":\"sm2-sm3\"}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_webhook_signature_binds_id_time_and_body() {
        byte[] body = "{\"望\":\"楼\"}".getBytes(StandardCharsets.UTF_8);
        String value = WebhookSignature.of(SIGNER, "msg_1", "1764000000", body);
        assertThat(value).startsWith("sm2;kid=" + SIGNER.kid() + ";sig=");
        assertThat(WebhookSignature.verify(PAIR.getPublic(), value, "msg_1", "1764000000", body))
                .isTrue();
        assertThat(WebhookSignature.verify(PAIR.getPublic(), value, "msg_2", "1764000000", body))
                .isFalse();
        assertThat(WebhookSignature.verify(PAIR.getPublic(), value, "msg_1", "1764000001", body))
                .isFalse();
        assertThat(WebhookSignature.verify(PAIR.getPublic(), value, "msg_1", "1764000000", new byte[0]))
                .isFalse();
        assertThat(WebhookSignature.verify(Keys.generate().getPublic(), value, "msg_1", "1764000000", body))
                .isFalse();
        assertThat(WebhookSignature.verify(PAIR.getPublic(), "v1,abc", "msg_1", "1764000000", body))
                .isFalse();
    }
}
