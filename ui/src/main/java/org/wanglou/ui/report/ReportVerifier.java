package org.wanglou.ui.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wanglou.crypto.envelope.Jcs;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.store.ledger.Verdict;
import org.wanglou.store.ledger.Verdict.Problem;
import org.wanglou.ui.report.document.ReportDocument;
import org.wanglou.ui.report.document.ReportSignature;

/**
 * Verifies a report offline and names what is wrong: document, signature, key and, with an exported ledger bundle, each
 * record the figures rest on. Confined to one thread.
 */
public final class ReportVerifier {
    private final byte[] json;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private ReportVerifier(byte[] json) {
        this.json = json;
    }

    /**
     * Verifies without knowing the ledger's key: the bundle's own signature is then checked with the key it carries.
     *
     * @see #verify(byte[], String, Optional, Optional, Optional)
     */
    public static Verdict verify(
            byte[] json, String signatureText, Optional<PublicKey> trusted, Optional<Path> bundle) {
        return verify(json, signatureText, trusted, bundle, Optional.empty());
    }

    /**
     * @param json the document's exact bytes
     * @param signatureText the detached signature
     * @param trusted the unit's public key {@code report}, had from elsewhere; without it the key that the signature
     *     carries is used and a note says so
     * @param bundle an exported ledger bundle that should hold the records
     * @param ledgerKey the unit's public key {@code ledger}, for the bundle
     */
    public static Verdict verify(
            byte[] json,
            String signatureText,
            Optional<PublicKey> trusted,
            Optional<Path> bundle,
            Optional<PublicKey> ledgerKey) {
        return new ReportVerifier(json).run(signatureText, trusted, bundle, ledgerKey);
    }

    private Verdict run(
            String signatureText, Optional<PublicKey> trusted, Optional<Path> bundle, Optional<PublicKey> ledgerKey) {
        Optional<ReportSignature> signature = signature(signatureText);
        Optional<ReportDocument> document = document();
        Optional<PublicKey> key = signature.flatMap(found -> key(found, trusted));
        signature.ifPresent(found -> signed(found, key));
        if (signature.isPresent() && document.isPresent()) {
            same(document.get(), signature.get());
        }
        long leaves = 0;
        if (document.isPresent() && bundle.isPresent()) {
            BundledRecords records = new BundledRecords(document.get(), bundle.get(), problems, notes);
            leaves = records.check(ledgerKey, Sm3.hex(json));
        } else if (document.isPresent()) {
            notes.add("no ledger bundle given: that the figures' records are sealed was not checked");
        }
        Optional<ReportDocument.LedgerHead> head = document.map(ReportDocument::ledger);
        return new Verdict(
                "report",
                document.map(ReportDocument::id).orElse(""),
                head.map(ReportDocument.LedgerHead::origin).orElse(""),
                head.map(ReportDocument.LedgerHead::size).orElse(0L),
                head.map(ReportDocument.LedgerHead::root).orElse(""),
                key.map(Keys::kid).orElse(""),
                leaves,
                0,
                problems,
                notes,
                signature.isPresent() || document.isPresent());
    }

    private Optional<ReportSignature> signature(String text) {
        try {
            return Optional.of(ReportSignature.parse(text));
        } catch (IllegalArgumentException e) {
            problem("signature", "signature", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<ReportDocument> document() {
        try {
            ReportDocument document = ReportDocument.parse(json);
            if (!Jcs.isCanonical(new String(json, StandardCharsets.UTF_8))) {
                problem("changed", "document", "it is not in canonical form (RFC 8785)");
            }
            return Optional.of(document);
        } catch (IllegalArgumentException e) {
            problem("unreadable", "document", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<PublicKey> key(ReportSignature signature, Optional<PublicKey> trusted) {
        Optional<PublicKey> carried = signature.carriedKey();
        if (carried.isEmpty()) {
            problem("key", "signature", "the public key it carries cannot be read");
        }
        PublicKey key = trusted.or(() -> carried).orElse(null);
        if (key == null) {
            return Optional.empty();
        }
        if (trusted.isEmpty()) {
            notes.add("no trusted key given: checked with the key that the signature itself carries");
        } else if (carried.isPresent() && !Keys.kid(carried.get()).equals(Keys.kid(key))) {
            problem("key", "signature", "it carries another key than the trusted one");
        }
        if (!signature.kid().equals(Keys.kid(key))) {
            problem(
                    "key",
                    "signature",
                    "signed by key " + signature.kid() + ", not by "
                            + (trusted.isEmpty() ? "the carried" : "the trusted") + " key " + Keys.kid(key));
        }
        return Optional.of(key);
    }

    private void signed(ReportSignature signature, Optional<PublicKey> key) {
        String sm3 = Sm3.hex(json);
        if (!signature.sm3().equals(sm3)) {
            problem("changed", "document", "its SM3 is " + sm3 + ", the signature names " + signature.sm3());
        }
        if (key.isPresent() && !signature.verifies(json, key.get())) {
            problem(
                    "signature",
                    "signature",
                    "it is not that key's signature over these bytes: document, signature or key was changed");
        }
    }

    private void same(ReportDocument document, ReportSignature signature) {
        if (!document.id().equals(signature.report())) {
            problem(
                    "changed",
                    "signature",
                    "it is of report " + signature.report() + ", the document is " + document.id());
        }
        if (!document.made().kid().equals(signature.kid())
                || !document.made().publicKey().equals(signature.publicKey())) {
            problem("key", "document", "it names another signing key than the signature");
        }
    }

    private void problem(String code, String where, String message) {
        problems.add(new Problem(code, where, message));
    }
}
