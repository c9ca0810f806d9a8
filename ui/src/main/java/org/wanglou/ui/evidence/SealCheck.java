package org.wanglou.ui.evidence;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.wanglou.crypto.merkle.Checkpoint;
import org.wanglou.crypto.merkle.InclusionProof;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;
import org.wanglou.store.ledger.Ledger;
import org.wanglou.store.ledger.LedgerEntry;

/**
 * Checks one row of the case database against the ledger, now: the head's signature, the inclusion proof of the leaf in
 * that head, and that the row gives the leaf byte for byte, whose object hash is computed anew from the row's object and
 * salt. Thread-safe.
 */
public final class SealCheck {
    private final Ledger ledger;
    private final PublicKey key;

    public SealCheck(Ledger ledger, PublicKey key) {
        this.ledger = ledger;
        this.key = key;
    }

    /** The present head with its text, its signature verified. */
    public record Head(Checkpoint checkpoint, String text) {}

    /** @throws Checkpoint.NotTrusted when the signature is not the key's */
    public Head head() {
        String text = ledger.checkpointText();
        return new Head(Checkpoint.verified(text, key), text);
    }

    /** What is wrong with a sealed row, as a key of the texts; empty when nothing is. */
    public Optional<String> problem(OwedEntry row) {
        byte[] leaf;
        try {
            leaf = ledger.entry(row.index());
        } catch (Ledger.Refused | IndexOutOfBoundsException e) {
            return Optional.of("proof.leaf");
        }
        LedgerEntry sealed;
        try {
            sealed = LedgerEntry.parse(leaf);
        } catch (IllegalArgumentException e) {
            return Optional.of("proof.leaf");
        }
        if (!included(row.index(), leaf)) {
            return Optional.of("proof.inclusion");
        }
        if (!hash(row).equals(Optional.of(sealed.objHash()))) {
            return Optional.of("proof.object");
        }
        boolean same = Arrays.equals(LedgerEntry.of(row).canonical().getBytes(StandardCharsets.UTF_8), leaf);
        return same ? Optional.empty() : Optional.of("proof.row");
    }

    /** Empty when the salt is no longer hex. */
    private static Optional<String> hash(OwedEntry row) {
        try {
            return Optional.of(LedgerEntry.objectHash(row.objectJson(), row.salt()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Proof and head are read apart, and the ledger may grow between: then both are read again. */
    private boolean included(long index, byte[] leaf) {
        for (int attempt = 0; attempt < 8; attempt++) {
            Checkpoint head;
            InclusionProof proof;
            try {
                proof = ledger.prove(index);
                head = head().checkpoint();
            } catch (IndexOutOfBoundsException | Checkpoint.NotTrusted e) {
                return false;
            }
            if (proof.size() == head.size()) {
                return proof.verify(head.hash(), head.hash().leaf(leaf), head.root());
            }
        }
        return false;
    }
}
