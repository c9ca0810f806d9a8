package org.wanglou.bench.receive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.wanglou.alerting.notify.Secret;

/** Verifies a message with the {@code openssl} command line alone (OpenSSL 3), as docs/responders/webhook.md shows. */
public final class OpensslVerifier {
    private final Path key;
    private final Secret secret;
    private final Path scratch;

    /**
     * @param key PEM of the public key
     * @param scratch a directory for the files that openssl reads
     */
    public OpensslVerifier(Path key, Secret secret, Path scratch) {
        this.key = key;
        this.secret = secret;
        this.scratch = scratch;
    }

    /** Whether openssl accepts the SM2 signature over id, timestamp and body. */
    public boolean sm2(Arrival arrival) throws IOException, InterruptedException {
        String header = header(arrival, "wanglou-signature");
        Path signature = scratch.resolve("signature.der");
        Files.write(signature, Base64.getDecoder().decode(header.substring(header.indexOf("sig=") + 4)));
        Path signed = signed(arrival);
        return run(
                        "dgst",
                        "-sm3",
                        "-verify",
                        key.toString(),
                        "-sigopt",
                        "distid:1234567812345678",
                        "-signature",
                        signature.toString(),
                        signed.toString())
                .equals("Verified OK");
    }

    /** Whether openssl computes the same HMAC-SHA256. */
    public boolean hmac(Arrival arrival) throws IOException, InterruptedException {
        String hex = run(
                "dgst",
                "-sha256",
                "-mac",
                "HMAC",
                "-macopt",
                "hexkey:" + HexFormat.of().formatHex(secret.bytes()),
                "-r",
                signed(arrival).toString());
        String mine = Base64.getEncoder()
                .encodeToString(HexFormat.of().parseHex(hex.substring(0, Math.min(64, hex.length()))));
        return header(arrival, "webhook-signature").equals("v1," + mine);
    }

    /** Hex SM3 of the body, by openssl. */
    public String sm3(Arrival arrival) throws IOException, InterruptedException {
        Path body = scratch.resolve("body.json");
        Files.write(body, arrival.body());
        return run("dgst", "-sm3", "-r", body.toString()).substring(0, 64);
    }

    private Path signed(Arrival arrival) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(
                (arrival.id() + "." + header(arrival, "webhook-timestamp") + ".").getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(arrival.body());
        Path file = scratch.resolve("signed.bin");
        Files.write(file, all.toByteArray());
        return file;
    }

    private static String header(Arrival arrival, String name) {
        return arrival.headers().getOrDefault(name, "");
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("openssl did not end");
        }
        return output.strip();
    }
}
