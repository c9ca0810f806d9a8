package org.wanglou.store.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;

/**
 * Writes a ledger with its sealed objects as one file that verifies offline: NDJSON, form {@value #FORMAT}.
 *
 * <p>First line: {@code {"format","origin","checkpoint","publicKey","kid","scope","from","to","organization","count"}}.
 * Then one line per leaf: {@code {"index","leaf","object","salt"}} where leaf and object are JSON texts in strings, exactly
 * as hashed; notifications add {@code bodySm3}; when the scope is {@code part}, {@code path} proves the leaf by itself. An
 * object that was erased is null and its leaf still verifies. Thread-safe.
 */
public final class LedgerExport {
    public static final String FORMAT = "wanglou-ledger-bundle/1";

    static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHUNK = 256;

    private final LedgerReader ledger;
    private final CaseDatabase cases;
    private final PublicKey key;

    public LedgerExport(LedgerReader ledger, CaseDatabase cases, PublicKey key) {
        this.ledger = ledger;
        this.cases = cases;
        this.key = key;
    }

    /**
     * Which leaves.
     *
     * @param from milliseconds UTC, inclusive
     * @param to milliseconds UTC, exclusive
     * @param organization only this unit; empty means all
     */
    public record Scope(long from, long to, String organization) {
        public static final Scope ALL = new Scope(Long.MIN_VALUE, Long.MAX_VALUE, "");

        boolean holds(LedgerEntry entry) {
            return entry.ts() >= from
                    && entry.ts() < to
                    && (organization.isEmpty() || entry.org().equals(organization));
        }

        boolean all() {
            return equals(ALL);
        }
    }

    /** Writes the bundle; returns how many leaves it holds. */
    public long write(Scope scope, OutputStream out) throws IOException {
        List<Long> chosen = new ArrayList<>();
        for (int i = 0; i < ledger.entries().size(); i++) {
            if (scope.all() || scope.holds(LedgerEntry.parse(ledger.entries().get(i)))) {
                chosen.add((long) i);
            }
        }
        line(out, header(scope, chosen.size()));
        for (int at = 0; at < chosen.size(); at += CHUNK) {
            List<Long> chunk = chosen.subList(at, Math.min(at + CHUNK, chosen.size()));
            List<LedgerEntry> leaves = new ArrayList<>();
            for (long index : chunk) {
                leaves.add(LedgerEntry.parse(ledger.entries().get((int) index)));
            }
            Map<Long, OwedEntry> rows = rows(cases, leaves);
            for (int i = 0; i < chunk.size(); i++) {
                line(out, leaf(scope, chunk.get(i), leaves.get(i), rows));
            }
        }
        out.flush();
        return chosen.size();
    }

    private ObjectNode header(Scope scope, long count) {
        ObjectNode header = JSON.createObjectNode();
        header.put("format", FORMAT);
        header.put("origin", ledger.head().origin());
        header.put("checkpoint", ledger.checkpointText());
        header.put("publicKey", Keys.publicPem(key));
        header.put("kid", Keys.kid(key));
        header.put("scope", scope.all() ? "whole" : "part");
        if (!scope.all()) {
            header.put("from", scope.from());
            header.put("to", scope.to());
            header.put("organization", scope.organization());
        }
        header.put("count", count);
        return header;
    }

    private ObjectNode leaf(Scope scope, long index, LedgerEntry entry, Map<Long, OwedEntry> rows) {
        ObjectNode line = JSON.createObjectNode();
        line.put("index", index);
        line.put("leaf", new String(ledger.entries().get((int) index), StandardCharsets.UTF_8));
        OwedEntry row = rows.get(entry.seq());
        line.put("object", row == null ? null : row.objectJson());
        line.put("salt", row == null ? null : row.salt());
        if (!entry.bodySm3().isEmpty()) {
            line.put("bodySm3", entry.bodySm3());
        }
        if (!scope.all()) {
            ArrayNode path = line.putArray("path");
            ledger.path(index).forEach(hash -> path.add(Base64.getEncoder().encodeToString(hash)));
        }
        return line;
    }

    /** The case database's rows of these leaves, by seq. */
    static Map<Long, OwedEntry> rows(CaseDatabase cases, List<LedgerEntry> leaves) {
        long from = leaves.stream().mapToLong(LedgerEntry::ts).min().orElse(0);
        long to = leaves.stream().mapToLong(LedgerEntry::ts).max().orElse(0) + 1;
        Map<Long, OwedEntry> wanted = new HashMap<>();
        for (OwedEntry row : cases.transaction(tx -> tx.entriesBetween(from, to, Integer.MAX_VALUE))) {
            wanted.put(row.seq(), row);
        }
        for (LedgerEntry leaf : leaves) {
            if (!wanted.containsKey(leaf.seq())) {
                for (OwedEntry row : cases.transaction(tx -> tx.entriesOf(leaf.objType(), leaf.id()))) {
                    wanted.put(row.seq(), row);
                }
            }
        }
        return wanted;
    }

    private static void line(OutputStream out, ObjectNode node) throws IOException {
        out.write(JSON.writeValueAsBytes(node));
        out.write('\n');
    }
}
