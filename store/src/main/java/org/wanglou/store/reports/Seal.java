package org.wanglou.store.reports;

/**
 * A ledger entry without the object it seals.
 *
 * @param index leaf index, -1 while pending
 * @param leafHash hex, empty while pending
 */
public record Seal(
        long seq,
        String type,
        String objectType,
        String objectId,
        int objectRevision,
        String organization,
        long at,
        long index,
        String leafHash) {
    public boolean sealed() {
        return index >= 0;
    }
}
