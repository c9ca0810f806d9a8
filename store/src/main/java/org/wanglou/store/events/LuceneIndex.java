package org.wanglou.store.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.QueryTimeoutImpl;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.model.Event;
import org.wanglou.store.events.query.HotField;

/**
 * The event archive in one Lucene directory. Thread-safe.
 *
 * <p>An append is one Lucene commit that holds the events and, as its user data, the offsets: after kill -9 both are
 * there or neither. Readers see commits only and are opened anew when somebody asks after one: a search sees every append
 * that returned before it, and never half of one. In this release all days share
 * one directory, which holds at most 2,147,483,519 events (190 days at 130 a second); days of their own, which lift that
 * bound and make retention the deletion of a directory, need no change of this interface.
 */
public final class LuceneIndex implements EventIndex {
    private static final Logger LOG = LoggerFactory.getLogger(LuceneIndex.class);
    private static final int EXACT_TOTAL = 10_000;
    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_BUCKETS = 500;
    private static final long QUERY_MILLIS = 15_000;

    private final Directory directory;
    private final Analyzer analyzer;
    private final LuceneQueries queries;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final Map<String, Long> positions = new ConcurrentHashMap<>();
    private volatile long commits;
    private volatile long seen;

    private LuceneIndex(Directory directory, Analyzer analyzer, IndexWriter writer) throws IOException {
        this.directory = directory;
        this.analyzer = analyzer;
        this.queries = new LuceneQueries(analyzer);
        this.writer = writer;
        this.searchers = new SearcherManager(directory, null);
        Iterable<Map.Entry<String, String>> committed = writer.getLiveCommitData();
        if (committed != null) {
            committed.forEach(entry -> positions.put(entry.getKey(), Long.parseLong(entry.getValue())));
        }
    }

    /** Opens or creates the archive in a directory. */
    public static LuceneIndex open(Path path) {
        try {
            Files.createDirectories(path);
            Directory directory = FSDirectory.open(path);
            Analyzer analyzer = EventDocuments.analyzer();
            IndexWriterConfig config = new IndexWriterConfig(analyzer)
                    .setIndexSort(EventDocuments.NEWEST_FIRST)
                    .setCodec(new Lucene912Codec(Lucene912Codec.Mode.BEST_COMPRESSION))
                    .setRAMBufferSizeMB(64)
                    .setUseCompoundFile(true)
                    .setCommitOnClose(false);
            IndexWriter writer = new IndexWriter(directory, config);
            writer.commit(); // of a new directory the empty one, so that a reader can be opened
            LuceneIndex index = new LuceneIndex(directory, analyzer, writer);
            LOG.info("archive open path={} events={}", path, index.count());
            return index;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the event archive in " + path, e);
        }
    }

    @Override
    public synchronized void append(List<Event> events, Map<String, Long> next) {
        try {
            for (Event event : events) {
                writer.updateDocument(new Term(EventDocuments.ID, event.id()), EventDocuments.document(event));
            }
            Map<String, Long> after = new HashMap<>(positions);
            after.putAll(next);
            commit(after);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot append to the event archive", e);
        }
    }

    private void commit(Map<String, Long> after) throws IOException {
        Map<String, String> data = new HashMap<>();
        after.forEach((name, offset) -> data.put(name, Long.toString(offset)));
        writer.setLiveCommitData(data.entrySet());
        writer.commit();
        positions.putAll(after);
        commits++;
    }

    @Override
    public Map<String, Long> positions() {
        return Map.copyOf(positions);
    }

    @Override
    public OptionalLong position(String topicPartition) {
        Long next = positions.get(topicPartition);
        return next == null ? OptionalLong.empty() : OptionalLong.of(next);
    }

    @Override
    public Optional<Event> get(String id) {
        return searching(searcher -> {
            TopDocs found = searcher.search(new TermQuery(new Term(EventDocuments.ID, id)), 1);
            return found.scoreDocs.length == 0
                    ? Optional.empty()
                    : Optional.of(EventDocuments.event(searcher.storedFields().document(found.scoreDocs[0].doc)));
        });
    }

    @Override
    public SearchResult search(EventQuery query) {
        long began = System.nanoTime();
        if (query.limit() < 1 || query.limit() > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", is " + query.limit());
        }
        Query lucene = queries.of(query);
        Optional<FieldDoc> after = Cursor.read(query.cursor());
        return searching(searcher -> {
            TopFieldDocs page = searcher.search(
                    lucene,
                    new TopFieldCollectorManager(
                            EventDocuments.NEWEST_FIRST, query.limit(), after.orElse(null), query.limit()));
            List<Event> events = new ArrayList<>(page.scoreDocs.length);
            for (ScoreDoc hit : page.scoreDocs) {
                events.add(EventDocuments.event(searcher.storedFields().document(hit.doc)));
            }
            long total = Counting.upTo(EXACT_TOTAL, searcher, lucene);
            boolean exact = total <= EXACT_TOTAL && !searcher.timedOut();
            String cursor = page.scoreDocs.length < query.limit()
                    ? ""
                    : Cursor.write((FieldDoc) page.scoreDocs[page.scoreDocs.length - 1]);
            return new SearchResult(
                    events, Math.min(total, EXACT_TOTAL), exact, cursor, (System.nanoTime() - began) / 1_000_000);
        });
    }

    @Override
    public List<Bucket> histogram(EventQuery query, int buckets) {
        if (buckets < 1 || buckets > MAX_BUCKETS) {
            throw new IllegalArgumentException("buckets must be 1 to " + MAX_BUCKETS + ", is " + buckets);
        }
        Query lucene = queries.of(query);
        return searching(searcher -> {
            IndexReader reader = searcher.getIndexReader();
            byte[] least = PointValues.getMinPackedValue(reader, EventDocuments.TIME);
            byte[] most = PointValues.getMaxPackedValue(reader, EventDocuments.TIME);
            if (least == null || most == null) {
                return List.of();
            }
            // a bound that is not given is that of the archive
            long from = query.from() > 0 ? query.from() : LongPoint.decodeDimension(least, 0);
            long to = query.to() != Long.MAX_VALUE ? query.to() : LongPoint.decodeDimension(most, 0) + 1;
            if (to <= from) {
                return List.of();
            }
            long step = Math.max(1, (to - from + buckets - 1) / buckets);
            long[] counts = Counting.perBucket(searcher, lucene, from, step, buckets);
            List<Bucket> result = new ArrayList<>(buckets);
            for (int i = 0; i < buckets && from + i * step < to; i++) {
                result.add(new Bucket(from + i * step, step, counts[i]));
            }
            return result;
        });
    }

    @Override
    public List<Count> top(EventQuery query, String field, int limit) {
        HotField hot = HotField.named(field)
                .filter(HotField::countable)
                .orElseThrow(() -> new BadQuery("values of " + field + " cannot be counted", 0));
        Query lucene = queries.of(query);
        return searching(
                searcher -> Counting.perValue(searcher, lucene, hot.field().name()).entrySet().stream()
                        .map(entry -> new Count(entry.getKey(), entry.getValue()))
                        .sorted(Comparator.comparingLong(Count::count)
                                .reversed()
                                .thenComparing(Count::value))
                        .limit(Math.max(0, limit))
                        .toList());
    }

    @Override
    public long count() {
        return searching(searcher -> (long) searcher.getIndexReader().numDocs());
    }

    @Override
    public synchronized long deleteBefore(long millis) {
        Query old = LongPoint.newRangeQuery(EventDocuments.TIME, Long.MIN_VALUE, millis - 1);
        long found = searching(searcher -> (long) searcher.count(old));
        if (found == 0) {
            return 0;
        }
        try {
            writer.deleteDocuments(old);
            commit(positions);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete from the event archive", e);
        }
        return found;
    }

    /** What is asked of one searcher. */
    private interface Search<T> {
        T run(IndexSearcher searcher) throws IOException;
    }

    private <T> T searching(Search<T> search) {
        try {
            long latest = commits;
            if (seen < latest) {
                searchers.maybeRefreshBlocking();
                seen = latest;
            }
            IndexSearcher shared = searchers.acquire();
            try {
                // one of its own for each search: the time limit is a property of the searcher
                IndexSearcher searcher = new IndexSearcher(shared.getIndexReader());
                searcher.setTimeout(new QueryTimeoutImpl(QUERY_MILLIS));
                return search.run(searcher);
            } finally {
                searchers.release(shared);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the event archive", e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            searchers.close();
            writer.close();
            directory.close();
            analyzer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the event archive", e);
        }
    }
}
