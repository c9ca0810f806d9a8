package org.wanglou.crypto.sm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures cross to OpenSSL 3 and back. */
class OpenSslTest {
    private static final String ID = "distid:1234567812345678";
    private static final byte[] MESSAGE = "一条消息, one message\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path dir;

    private record Ran(int code, String output) {}

    @BeforeEach
    void openssl_is_there() {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/openssl")), "needs /usr/bin/openssl (apt-get install openssl)");
    }

    @Test
    void openssl_verifies_our_signature_and_refuses_what_differs() throws Exception {
        KeyPair pair = Keys.generate();
        Files.writeString(dir.resolve("pub.pem"), Keys.publicPem(pair.getPublic()));
        Files.write(dir.resolve("msg"), MESSAGE);
        Files.write(dir.resolve("sig"), Sm2Signer.of(pair.getPrivate()).sign(MESSAGE));
        assertThat(verify(ID).output()).contains("Verified OK");
        assertThat(verify("distid:wanglou@city").code()).isNotZero();
        // OpenSSL's own default id is empty: leaving it out must fail too.
        assertThat(run("dgst", "-sm3", "-verify", "pub.pem", "-signature", "sig", "msg")
                        .code())
                .isNotZero();
        Files.writeString(dir.resolve("pub.pem"), Keys.publicPem(Keys.generate().getPublic()));
        assertThat(verify(ID).code()).isNotZero();
        Files.writeString(dir.resolve("pub.pem"), Keys.publicPem(pair.getPublic()));
        Files.write(dir.resolve("msg"), Arrays.copyOf(MESSAGE, MESSAGE.length - 1));
        assertThat(verify(ID).code()).isNotZero();
    }

    @Test
    void we_verify_what_openssl_signed_with_its_own_key() throws Exception {
        assertThat(run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out", "key.pem")
                        .code())
                .isZero();
        assertThat(run("pkey", "-in", "key.pem", "-pubout", "-out", "pub.pem").code())
                .isZero();
        Files.write(dir.resolve("msg"), MESSAGE);
        assertThat(run("dgst", "-sm3", "-sign", "key.pem", "-sigopt", ID, "-out", "sig", "msg")
                        .code())
                .isZero();
        Sm2Verifier verifier = new Sm2Verifier(Keys.publicFromPem(Files.readString(dir.resolve("pub.pem"))));
        byte[] signature = Files.readAllBytes(dir.resolve("sig"));
        assertThat(verifier.verify(MESSAGE, signature)).isTrue();
        assertThat(verifier.verify("other".getBytes(StandardCharsets.UTF_8), signature))
                .isFalse();
        assertThat(run("dgst", "-sm3", "-sign", "key.pem", "-sigopt", "distid:other", "-out", "sig2", "msg")
                        .code())
                .isZero();
        assertThat(verifier.verify(MESSAGE, Files.readAllBytes(dir.resolve("sig2"))))
                .isFalse();
        // Our reading of its private key signs what OpenSSL accepts under its own public key.
        Sm2Signer signer = Sm2Signer.of(Keys.privateFromPem(Files.readString(dir.resolve("key.pem"))));
        assertThat(signer.kid()).isEqualTo(verifier.kid());
        Files.write(dir.resolve("sig"), signer.sign(MESSAGE));
        assertThat(verify(ID).output()).contains("Verified OK");
    }

    @Test
    void openssl_digests_and_reads_key_rings_as_we_do() throws Exception {
        Files.write(dir.resolve("msg"), MESSAGE);
        assertThat(run("dgst", "-sm3", "msg").output()).contains(Sm3.hex(MESSAGE));
        char[] password = KeyRing.randomPassword();
        KeyRing ring = KeyRing.EMPTY.withFreshKeys(List.of("ledger")).withSecret("webhook", KeyRing.randomSecret(32));
        Files.write(dir.resolve("ring.p12"), ring.toPkcs12(password));
        Ran pem = run("pkcs12", "-in", "ring.p12", "-nodes", "-passin", "pass:" + new String(password));
        assertThat(pem.output()).contains("friendlyName: ledger").contains("BEGIN PRIVATE KEY");
        assertThat(Keys.privateFromPem(pem.output())).isEqualTo(ring.privateKey("ledger"));
    }

    private Ran verify(String id) throws Exception {
        return run("dgst", "-sm3", "-verify", "pub.pem", "-sigopt", id, "-signature", "sig", "msg");
    }

    private Ran run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), output);
    }
}
