package org.wanglou.store.events;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Counts over doc values: how many, per time bucket, per value. Each is one pass over the matches, without scores. */
final class Counting {
    private Counting() {}

    /** How many match, but stops one above the bound. */
    static long upTo(long bound, IndexSearcher searcher, Query query) throws IOException {
        long[] count = new long[1];
        run(searcher, query, new Matches() {
            @Override
            public void collect(int doc) {
                if (++count[0] > bound) {
                    throw new CollectionTerminatedException();
                }
            }

            @Override
            protected void doSetNextReader(LeafReaderContext context) {
                if (count[0] > bound) {
                    throw new CollectionTerminatedException();
                }
            }
        });
        return count[0];
    }

    /** Matches per bucket of {@code step} milliseconds from {@code from}; what lies outside is not counted. */
    static long[] perBucket(IndexSearcher searcher, Query query, long from, long step, int buckets) throws IOException {
        long[] counts = new long[buckets];
        run(searcher, query, new Matches() {
            private NumericDocValues times = DocValues.emptyNumeric();

            @Override
            protected void doSetNextReader(LeafReaderContext context) throws IOException {
                times = DocValues.getNumeric(context.reader(), EventDocuments.TIME);
            }

            @Override
            public void collect(int doc) throws IOException {
                if (times.advanceExact(doc)) {
                    long bucket = Math.floorDiv(times.longValue() - from, step);
                    if (bucket >= 0 && bucket < buckets) {
                        counts[(int) bucket]++;
                    }
                }
            }
        });
        return counts;
    }

    /**
     * Matches per value of a field. Inside a segment values are counted by ordinal in an array; only values that occur
     * are looked up, once a segment.
     */
    static Map<String, Long> perValue(IndexSearcher searcher, Query query, String field) throws IOException {
        Map<String, Long> counts = new HashMap<>();
        run(searcher, query, new Matches() {
            private SortedSetDocValues values = DocValues.emptySortedSet();
            private int[] byOrdinal = new int[0];

            @Override
            protected void doSetNextReader(LeafReaderContext context) throws IOException {
                values = DocValues.getSortedSet(context.reader(), field);
                byOrdinal = new int[Math.toIntExact(values.getValueCount())];
            }

            @Override
            public void collect(int doc) throws IOException {
                if (values.advanceExact(doc)) {
                    for (int i = values.docValueCount(); i > 0; i--) {
                        byOrdinal[(int) values.nextOrd()]++;
                    }
                }
            }

            @Override
            public void finish() throws IOException {
                for (int ordinal = 0; ordinal < byOrdinal.length; ordinal++) {
                    if (byOrdinal[ordinal] > 0) {
                        counts.merge(values.lookupOrd(ordinal).utf8ToString(), (long) byOrdinal[ordinal], Long::sum);
                    }
                }
                byOrdinal = new int[0];
            }
        });
        return counts;
    }

    private static void run(IndexSearcher searcher, Query query, Matches matches) throws IOException {
        searcher.search(query, new CollectorManager<Collector, Boolean>() {
            @Override
            public Collector newCollector() {
                return matches;
            }

            @Override
            public Boolean reduce(Collection<Collector> collectors) {
                return true;
            }
        });
    }

    /** A collector that needs no score. Confined to the searching thread: the searcher has no executor. */
    private abstract static class Matches extends SimpleCollector {
        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }

        @Override
        public void setScorer(Scorable scorer) {}
    }
}
