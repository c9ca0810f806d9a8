package org.wanglou.crypto.sm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class KeysTest {
    @Test
    void keys_survive_pem_and_keep_their_id() {
        KeyPair pair = Keys.generate();
        String pem = Keys.publicPem(pair.getPublic());
        PublicKey read = Keys.publicFromPem(pem);
        assertThat(pem).startsWith("-----BEGIN PUBLIC KEY-----\n").endsWith("-----END PUBLIC KEY-----\n");
        assertThat(Keys.publicPem(read)).isEqualTo(pem);
        assertThat(Keys.kid(read)).matches("[0-9a-f]{16}").isEqualTo(Keys.kid(pair.getPublic()));
        assertThat(Keys.kid(Keys.publicOf(Keys.privateFromPem(Keys.privatePem(pair.getPrivate())))))
                .isEqualTo(Keys.kid(read));
        assertThat(Keys.kid(Keys.generate().getPublic())).isNotEqualTo(Keys.kid(read));
    }

    @Test
    void keys_of_another_curve_are_refused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        assertThatThrownBy(() -> Keys.publicFromPem(pem))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not an SM2 public key");
        assertThatThrownBy(() -> Keys.kid(pair.getPublic())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Keys.privatePem(pair.getPrivate())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void text_that_is_no_pem_is_named_with_a_remedy() {
        assertThatThrownBy(() -> Keys.publicFromPem("hello")).hasMessageContaining("BEGIN PUBLIC KEY");
        assertThatThrownBy(() -> Keys.privateFromPem("-----BEGIN EC PRIVATE KEY-----"))
                .hasMessageContaining("openssl pkcs8 -topk8");
        assertThatThrownBy(() -> Keys.publicFromPem("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void one_signer_serves_many_threads() throws Exception {
        KeyPair pair = Keys.generate();
        Sm2Signer signer = Sm2Signer.of(pair.getPrivate());
        Sm2Verifier verifier = new Sm2Verifier(pair.getPublic());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                byte[] message = ("message " + i).getBytes(StandardCharsets.UTF_8);
                results.add(threads.submit(() -> verifier.verify(message, signer.sign(message))));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_ring_survives_its_file() {
        char[] password = KeyRing.randomPassword();
        KeyRing ring = KeyRing.EMPTY
                .withFreshKeys(List.of("ledger", "notify", "rules", "report"))
                .withSecret("webhook", KeyRing.randomSecret(32))
                .withSecret("sm4", KeyRing.randomSecret(16));
        KeyRing read = KeyRing.fromPkcs12(ring.toPkcs12(password), password);
        assertThat(read.keyNames()).containsExactly("ledger", "notify", "report", "rules");
        assertThat(read.secretNames()).containsExactly("sm4", "webhook");
        assertThat(read.secret("webhook")).isEqualTo(ring.secret("webhook"));
        assertThat(read.signer("ledger").kid()).isEqualTo(Keys.kid(ring.publicKey("ledger")));
        byte[] message = {1, 2, 3};
        assertThat(new Sm2Verifier(ring.publicKey("notify"))
                        .verify(message, read.signer("notify").sign(message)))
                .isTrue();
        assertThat(read.withFreshKeys(List.of("ledger")).publicKey("ledger")).isEqualTo(read.publicKey("ledger"));
        assertThatThrownBy(() -> read.signer("witness"))
                .hasMessageContaining("no key named witness")
                .hasMessageContaining("ledger");
    }

    @Test
    void a_ring_opens_only_with_its_password_and_unchanged() {
        char[] password = KeyRing.randomPassword();
        KeyRing ring = KeyRing.EMPTY.withFreshKeys(List.of("ledger"));
        byte[] file = ring.toPkcs12(password);
        assertThatThrownBy(() -> KeyRing.fromPkcs12(file, "other".toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wrong password");
        int refused = 0;
        for (int at = 0; at < file.length; at += 7) {
            byte[] changed = file.clone();
            changed[at] ^= 0x20;
            try {
                // A few bytes of the frame mean nothing; none of them may change what is read.
                assertThat(KeyRing.fromPkcs12(changed, password).privateKey("ledger"))
                        .isEqualTo(ring.privateKey("ledger"));
            } catch (RuntimeException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(file.length / 7 * 9 / 10);
        assertThatThrownBy(() -> KeyRing.fromPkcs12(new byte[] {1, 2, 3}, password))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
