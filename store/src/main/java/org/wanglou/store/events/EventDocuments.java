package org.wanglou.store.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.InetAddressPoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.util.BytesRef;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.model.Addresses;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.store.events.query.HotField;

/**
 * Event ↔ Lucene document. The whole event is stored as JSON; hot fields are indexed under their ECS names, keywords in
 * lower case and counted by their doc values in the case they came in. Thread-safe.
 */
final class EventDocuments {
    static final String SOURCE = "_source";
    /** Breaks ties between events of the same millisecond, the same on every page. */
    static final String TIE = "_tie";
    /** Holds {@code text} when the event has any. */
    static final String HAS = "_has";

    static final String TIME = Ecs.TIMESTAMP.name();
    static final String TEXT = Ecs.EVENT_ORIGINAL.name();
    static final String ID = Ecs.EVENT_ID.name();

    /** Newest first: the order of the index itself, so that a page stops after its last row. */
    static final Sort NEWEST_FIRST =
            new Sort(new SortField(TIME, SortField.Type.LONG, true), new SortField(TIE, SortField.Type.LONG, true));

    /** Longer values are cut before they become terms: Lucene refuses terms above 32,766 bytes. */
    private static final int TERM_CHARACTERS = 1_024;

    private static final FieldType WORDS = words();

    private EventDocuments() {}

    /** Latin words and numbers as they stand, Chinese as bigrams, no stop words: in a log, every word may matter. */
    static Analyzer analyzer() {
        return new CJKAnalyzer(CharArraySet.EMPTY_SET);
    }

    private static FieldType words() {
        FieldType type = new FieldType();
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
        type.setTokenized(true);
        type.setOmitNorms(true);
        type.freeze();
        return type;
    }

    static Document document(Event event) {
        Document document = new Document();
        document.add(new StoredField(SOURCE, EventCodec.encode(event)));
        document.add(new StringField(ID, event.id(), Store.NO));
        long time = event.timeMillis();
        document.add(new LongPoint(TIME, time));
        document.add(new NumericDocValuesField(TIME, time));
        document.add(new NumericDocValuesField(TIE, tie(event.id())));
        text(event).ifPresent(text -> {
            document.add(new org.apache.lucene.document.Field(TEXT, text, WORDS));
            document.add(new StringField(HAS, "text", Store.NO));
        });
        for (HotField field : HotField.values()) {
            if (field == HotField.ORGANIZATION) {
                keyword(document, field.field().name(), event.organization());
            } else if (field.countable()) {
                Object value = event.get(field.field());
                if (value instanceof List<?> list) {
                    list.forEach(item -> add(document, field, item));
                } else if (value != null) {
                    add(document, field, value);
                }
            }
        }
        return document;
    }

    private static void add(Document document, HotField field, Object value) {
        String name = field.field().name();
        if (value == Event.NULL) {
            return;
        }
        if (field.kind() == HotField.Kind.ADDRESS) {
            Optional<byte[]> address = Addresses.parse(String.valueOf(value));
            if (address.isPresent()) {
                document.add(new InetAddressPoint(name, inet(address.get())));
                count(document, name, Addresses.format(address.get()));
            }
        } else if (field.kind() == HotField.Kind.NUMBER) {
            if (value instanceof Long number) {
                document.add(new LongPoint(name, number));
                count(document, name, number.toString());
            }
        } else {
            keyword(document, name, String.valueOf(value));
        }
    }

    private static void keyword(Document document, String name, String value) {
        String cut = cut(value);
        document.add(new StringField(name, lower(cut), Store.NO));
        count(document, name, cut);
    }

    private static void count(Document document, String name, String value) {
        document.add(new SortedSetDocValuesField(name, new BytesRef(value)));
    }

    static String cut(String value) {
        return value.length() <= TERM_CHARACTERS ? value : value.substring(0, TERM_CHARACTERS);
    }

    static String lower(String value) {
        return value.toLowerCase(Locale.ROOT);
    }

    static InetAddress inet(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + address.length + " bytes", e);
        }
    }

    /** What free text searches: the raw line, and the message where it says something else. */
    private static Optional<String> text(Event event) {
        Optional<String> original = event.text(Ecs.EVENT_ORIGINAL);
        Optional<String> message = event.text(Ecs.MESSAGE);
        if (original.isPresent() && message.isPresent()) {
            return original.get().contains(message.get())
                    ? original
                    : Optional.of(original.get() + "\n" + message.get());
        }
        return original.or(() -> message);
    }

    /** The first 64 bits of an id, or of a hash of what is no hex id. */
    static long tie(String id) {
        long hash = 1_469_598_103_934_665_603L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 1_099_511_628_211L;
        }
        return hash;
    }

    static Event event(Document stored) {
        BytesRef source = stored.getBinaryValue(SOURCE);
        if (source == null) {
            throw new IllegalStateException("an archived document without its event");
        }
        try {
            return EventCodec.decode(source.bytes, source.offset, source.length);
        } catch (IOException e) {
            throw new UncheckedIOException("unreadable event in the archive", e);
        }
    }
}
