package org.wanglou.store.events;

import java.util.Optional;
import org.apache.lucene.search.FieldDoc;
import org.wanglou.store.events.EventIndex.BadQuery;

/** Where a page ended: time and tie of its last event, so that events that arrive meanwhile shift nothing. */
final class Cursor {
    private Cursor() {}

    static String write(FieldDoc last) {
        return Long.toString((Long) last.fields[0], 36) + "." + Long.toString((Long) last.fields[1], 36);
    }

    /** Empty for the first page. */
    static Optional<FieldDoc> read(String cursor) {
        if (cursor.isEmpty()) {
            return Optional.empty();
        }
        int dot = cursor.indexOf('.');
        try {
            Long time = Long.valueOf(cursor.substring(0, Math.max(dot, 0)), 36);
            Long tie = Long.valueOf(cursor.substring(dot + 1), 36);
            return Optional.of(new FieldDoc(Integer.MAX_VALUE, 0, new Object[] {time, tie}));
        } catch (NumberFormatException e) {
            throw new BadQuery("the cursor is not from this archive: begin at the first page", 0);
        }
    }
}
