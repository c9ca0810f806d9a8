package org.wanglou.alerting.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.alerting.Given;
import org.wanglou.alerting.notify.Secret;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm2Signer;
import org.wanglou.crypto.sm.Sm2Verifier;

class ReceiverVerifierTest {
    private static final KeyPair KEY = Keys.generate();
    private static final byte[] BODY = "{\"title\":\"口令猜测\"}".getBytes(StandardCharsets.UTF_8);
    private static final ReceiverVerifier VERIFIER =
            new ReceiverVerifier(Given.SECRET, List.of(new Sm2Verifier(KEY.getPublic())));

    private static Map<String, String> headers() {
        return new HashMap<>(WebhookSignature.headers(
                "msg_1", Given.NOW / 1000, BODY, Given.SECRET, Sm2Signer.of(KEY.getPrivate())));
    }

    @Test
    void what_was_sent_verifies_with_header_names_in_any_case() {
        Map<String, String> upper = new HashMap<>();
        headers().forEach((name, value) -> upper.put(name.toUpperCase(java.util.Locale.ROOT), value));
        assertThat(VERIFIER.verify(upper, BODY, Given.NOW).ok()).isTrue();
        assertThat(VERIFIER.verify(upper, BODY, Given.NOW).id()).isEqualTo("msg_1");
    }

    @Property(tries = 200)
    void a_flipped_bit_anywhere_in_the_body_breaks_both_signatures(
            @ForAll @IntRange(min = 0, max = 10_000) int place, @ForAll @IntRange(min = 0, max = 7) int bit) {
        byte[] changed = BODY.clone();
        changed[place % changed.length] ^= (byte) (1 << bit);
        ReceiverVerifier.Verdict verdict = VERIFIER.verify(headers(), changed, Given.NOW);
        assertThat(verdict.hmac()).isFalse();
        assertThat(verdict.sm2()).isFalse();
    }

    @Test
    void a_changed_id_or_time_a_foreign_key_or_secret_and_garbage_are_all_noticed() {
        for (Map.Entry<String, String> change :
                Map.of("webhook-id", "msg_2", "webhook-timestamp", "1").entrySet()) {
            Map<String, String> headers = headers();
            headers.put(change.getKey(), change.getValue());
            assertThat(VERIFIER.verify(headers, BODY, Given.NOW).ok()).isFalse();
        }
        Secret other = Secret.of(new byte[32]);
        assertThat(new ReceiverVerifier(other, List.of(new Sm2Verifier(KEY.getPublic())))
                        .verify(headers(), BODY, Given.NOW)
                        .problem())
                .contains("webhook-signature");
        assertThat(new ReceiverVerifier(
                                Given.SECRET,
                                List.of(new Sm2Verifier(Keys.generate().getPublic())))
                        .verify(headers(), BODY, Given.NOW)
                        .problem())
                .contains("wanglou-signature");
        for (String garbage :
                List.of("", "sm2", "sm2;kid=;sig=", "sm2;kid=0011223344556677;sig=AAAA", "v1,!!", "v1,")) {
            Map<String, String> headers = headers();
            headers.put("wanglou-signature", garbage);
            headers.put("webhook-signature", garbage);
            assertThat(VERIFIER.verify(headers, BODY, Given.NOW).ok()).isFalse();
        }
        assertThat(VERIFIER.verify(Map.of(), BODY, Given.NOW).problem()).contains("missing");
    }

    @Test
    void a_message_recorded_and_played_back_ten_minutes_later_is_too_old() {
        ReceiverVerifier.Verdict verdict = VERIFIER.verify(headers(), BODY, Given.NOW + 600_000);
        assertThat(verdict.hmac()).isTrue();
        assertThat(verdict.sm2()).isTrue();
        assertThat(verdict.ok()).isFalse();
    }

    @Test
    void several_hmac_signatures_separated_by_spaces_are_tried_in_turn() {
        Map<String, String> headers = headers();
        headers.put("webhook-signature", "v1,AAAA v2,x " + headers.get("webhook-signature"));
        assertThat(VERIFIER.verify(headers, BODY, Given.NOW).ok()).isTrue();
    }

    /** The commands of docs/responders/webhook.md as they stand there. */
    @Test
    void openssl_verifies_both_signatures_by_the_documented_commands(@TempDir Path folder) throws Exception {
        Map<String, String> headers = headers();
        Files.write(folder.resolve("body.json"), BODY);
        Files.writeString(folder.resolve("notify.pem"), Keys.publicPem(KEY.getPublic()));
        String script = "id='%s'; timestamp='%s'; signature='%s'; hmac='%s'; secret='%s'\n%s"
                .formatted(
                        headers.get("webhook-id"),
                        headers.get("webhook-timestamp"),
                        headers.get("wanglou-signature"),
                        headers.get("webhook-signature"),
                        Given.SECRET.reveal(),
                        documented());
        String output = shell(folder, script);
        assertThat(output)
                .contains("Verified OK")
                .contains("HMAC OK")
                .contains(HexFormat.of().formatHex(org.wanglou.crypto.sm.Sm3.digest(BODY)));

        Files.writeString(folder.resolve("body.json"), "{}");
        assertThat(shell(folder, script)).doesNotContain("Verified OK").doesNotContain("HMAC OK");
    }

    private static String documented() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "responders", "webhook.md"));
        int from = page.indexOf("```sh\n") + 6;
        return page.substring(from, page.indexOf("```", from));
    }

    private static String shell(Path folder, String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    @Test
    void the_signature_header_has_the_documented_form() {
        assertThat(headers().get("wanglou-signature")).matches("sm2;kid=[0-9a-f]{16};sig=[A-Za-z0-9+/]+=*");
        assertThat(Base64.getDecoder().decode(headers().get("webhook-signature").substring(3)))
                .hasSize(32);
    }
}
