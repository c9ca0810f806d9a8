package org.wanglou.store.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.wanglou.crypto.envelope.Jcs;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;

/**
 * One leaf of the ledger: who did what to which object, and the object's salted digest. The object itself stays outside,
 * so that it can be erased while the proof remains. Immutable.
 *
 * @param v version of this form, 1
 * @param type such as {@code incident.open}
 * @param id of the object
 * @param rev of the object
 * @param org organisation id
 * @param seq number the case database gave it; unique in a ledger
 * @param ts milliseconds UTC
 * @param actor {@code machine} or an account name
 * @param objHash hex SM3(object's canonical JSON ‖ salt)
 * @param objType such as {@code incident}
 * @param bodySm3 hex SM3 of the exact bytes sent, for notifications; empty otherwise
 */
public record LedgerEntry(
        int v,
        String type,
        String id,
        int rev,
        String org,
        long seq,
        long ts,
        String actor,
        String objHash,
        String objType,
        String bodySm3) {
    /** Bytes of the largest leaf; the layout would carry 65,535. */
    public static final int MAX_BYTES = 16 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The leaf that seals this object. */
    public static LedgerEntry of(OwedEntry owed) {
        return new LedgerEntry(
                1,
                owed.type(),
                owed.objectId(),
                owed.objectRevision(),
                owed.organization(),
                owed.seq(),
                owed.at(),
                owed.actor(),
                objectHash(owed.objectJson(), owed.salt()),
                owed.objectType(),
                owed.bodySm3());
    }

    /** Hex SM3 over the object's canonical JSON and then the salt's bytes. */
    public static String objectHash(String objectJson, String saltHex) {
        return Sm3.hex(
                objectJson.getBytes(StandardCharsets.UTF_8), HexFormat.of().parseHex(saltHex));
    }

    /** The leaf as canonical JSON (RFC 8785); counters are strings. */
    public String canonical() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("v", v);
        node.put("type", wellFormed(type));
        node.put("id", wellFormed(id));
        node.put("rev", rev);
        node.put("org", wellFormed(org));
        node.put("seq", Long.toString(seq));
        node.put("ts", Instant.ofEpochMilli(ts).toString());
        node.put("actor", wellFormed(actor));
        node.put("objHash", objHash);
        node.put("objType", wellFormed(objType));
        if (!bodySm3.isEmpty()) {
            node.put("bodySm3", bodySm3);
        }
        return Jcs.canonical(node.toString());
    }

    /** The leaf's bytes. */
    public byte[] bytes() {
        byte[] bytes = canonical().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "ledger entry seq=" + seq + " has " + bytes.length + " bytes, at most " + MAX_BYTES + " are taken");
        }
        return bytes;
    }

    /** @throws IllegalArgumentException when the bytes are no leaf in canonical form */
    public static LedgerEntry parse(byte[] bytes) {
        try {
            JsonNode node = JSON.readTree(bytes);
            if (node == null || !node.isObject()) {
                throw new IllegalArgumentException("a ledger entry is a JSON object");
            }
            LedgerEntry entry = new LedgerEntry(
                    number(node, "v"),
                    text(node, "type"),
                    text(node, "id"),
                    number(node, "rev"),
                    text(node, "org"),
                    Long.parseLong(text(node, "seq")),
                    Instant.parse(text(node, "ts")).toEpochMilli(),
                    text(node, "actor"),
                    text(node, "objHash"),
                    text(node, "objType"),
                    node.path("bodySm3").asText(""));
            if (!Arrays.equals(entry.bytes(), bytes)) {
                throw new IllegalArgumentException("the ledger entry is not in canonical form");
            }
            return entry;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the ledger entry is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException | DateTimeException e) {
            throw new IllegalArgumentException("the ledger entry cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The seq of a leaf whose bytes are vouched for otherwise, at a tenth of the cost of {@link #parse}.
     *
     * @throws IllegalArgumentException when the bytes are no leaf
     */
    static long seqOf(byte[] bytes) {
        try {
            JsonNode node = JSON.readTree(bytes);
            if (node == null) {
                throw new IllegalArgumentException("the ledger entry is empty");
            }
            return Long.parseLong(text(node, "seq"));
        } catch (IOException e) {
            throw new IllegalArgumentException("the ledger entry cannot be read: " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("the ledger entry has no text field '" + name + "'");
        }
        return value.textValue();
    }

    private static int number(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null || !value.isInt()) {
            throw new IllegalArgumentException("the ledger entry has no number '" + name + "'");
        }
        return value.intValue();
    }

    /** A lone surrogate has no UTF-8; it must not keep an entry out of the ledger for ever. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
