package org.wanglou.rules.packs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.wanglou.crypto.envelope.Jcs;
import org.wanglou.crypto.sm.Sm2Signer;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.rules.Pack;
import org.wanglou.rules.grading.Tables;

/** What rules a node runs: digests of every file of every pack and of the tables, as canonical JSON. Immutable. */
public record Bundle(int number, String json) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public static Bundle of(int number, List<Pack> packs, Tables tables) {
        ObjectNode root = JSON.createObjectNode();
        root.put("bundle", number).put("digest", "SM3").put("tables", tables.digest());
        ObjectNode all = root.putObject("packs");
        for (Pack pack : packs) {
            ObjectNode one = all.putObject(pack.id());
            one.put("version", pack.version());
            ObjectNode files = one.putObject("files");
            pack.files().forEach((name, text) -> files.put(name, Sm3.hex(text.getBytes(StandardCharsets.UTF_8))));
        }
        return new Bundle(number, Jcs.canonical(root.toString()));
    }

    public String digest() {
        return Sm3.hex(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Canonical JSON {payload, kid, sig}: payload is {@link #json()}, sig is base64 of the DER signature over it in UTF-8. */
    public String sign(Sm2Signer signer) {
        ObjectNode signed = JSON.createObjectNode();
        signed.put("payload", json);
        signed.put("kid", signer.kid());
        signed.put("sig", Base64.getEncoder().encodeToString(signer.sign(json.getBytes(StandardCharsets.UTF_8))));
        return Jcs.canonical(signed.toString());
    }
}
