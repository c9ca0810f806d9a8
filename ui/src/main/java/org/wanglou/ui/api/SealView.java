package org.wanglou.ui.api;

import org.wanglou.store.cases.CaseDatabase.OwedEntry;

/** One ledger entry as lists show it. {@code index} is -1 and {@code leafHash} empty while it waits. Immutable. */
public record SealView(
        long seq,
        String type,
        String objectType,
        String objectId,
        int revision,
        String actor,
        long at,
        long index,
        String leafHash,
        String state) {
    public static SealView of(OwedEntry entry) {
        return new SealView(
                entry.seq(),
                entry.type(),
                entry.objectType(),
                entry.objectId(),
                entry.objectRevision(),
                entry.actor(),
                entry.at(),
                entry.index(),
                entry.leafHash(),
                entry.index() < 0 ? "pending" : "sealed");
    }
}
