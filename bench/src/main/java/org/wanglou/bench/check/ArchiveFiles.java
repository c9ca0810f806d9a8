package org.wanglou.bench.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** The archive's last commit, read beside its writer: its events as the JSON lines that were stored. Immutable. */
public final class ArchiveFiles {
    private static final String SOURCE = "_source";

    private final Path directory;

    /** @param data the instance's data directory */
    public ArchiveFiles(Path data) {
        this.directory = data.resolve("index");
    }

    /** How many events are committed. */
    public long count() throws IOException {
        try (FSDirectory files = FSDirectory.open(directory);
                DirectoryReader reader = DirectoryReader.open(files)) {
            return reader.numDocs();
        }
    }

    /** Every committed event, one JSON line each. */
    public List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (FSDirectory files = FSDirectory.open(directory);
                DirectoryReader reader = DirectoryReader.open(files)) {
            for (LeafReaderContext leaf : reader.leaves()) {
                read(leaf.reader(), lines);
            }
        }
        return lines;
    }

    private static void read(LeafReader reader, List<String> lines) throws IOException {
        Bits live = reader.getLiveDocs();
        StoredFields fields = reader.storedFields();
        for (int doc = 0; doc < reader.maxDoc(); doc++) {
            if (live == null || live.get(doc)) {
                BytesRef json = fields.document(doc, Set.of(SOURCE)).getBinaryValue(SOURCE);
                lines.add(new String(json.bytes, json.offset, json.length, StandardCharsets.UTF_8));
            }
        }
    }
}
