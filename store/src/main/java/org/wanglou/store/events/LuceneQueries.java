package org.wanglou.store.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.InetAddressPoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.wanglou.model.Addresses;
import org.wanglou.store.events.EventIndex.BadQuery;
import org.wanglou.store.events.EventIndex.EventQuery;
import org.wanglou.store.events.query.HotField;
import org.wanglou.store.events.query.QueryNode;
import org.wanglou.store.events.query.QueryParser;

/** A query of ours as a Lucene query. Thread-safe. */
final class LuceneQueries {
    private final Analyzer analyzer;

    LuceneQueries(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    /** Text, time range and organisations together; nothing of it scores. */
    Query of(EventQuery query) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        all.add(of(QueryParser.parse(query.text())), Occur.FILTER);
        if (query.from() > 0 || query.to() != Long.MAX_VALUE) {
            all.add(
                    query.to() <= query.from()
                            ? new MatchNoDocsQuery("empty time range")
                            : range(HotField.TIME, query.from(), query.to() - 1),
                    Occur.FILTER);
        }
        if (!query.organizations().isEmpty()) {
            Collection<BytesRef> units = query.organizations().stream()
                    .map(id -> new BytesRef(EventDocuments.lower(id)))
                    .toList();
            all.add(new TermInSetQuery(HotField.ORGANIZATION.field().name(), units), Occur.FILTER);
        }
        return new ConstantScoreQuery(all.build());
    }

    Query of(QueryNode node) {
        if (node instanceof QueryNode.And and) {
            return all(and.nodes().stream().map(this::of).toList());
        }
        if (node instanceof QueryNode.Or or) {
            BooleanQuery.Builder any = new BooleanQuery.Builder();
            or.nodes().forEach(part -> any.add(of(part), Occur.SHOULD));
            return any.build();
        }
        if (node instanceof QueryNode.Not not) {
            return new BooleanQuery.Builder()
                    .add(new MatchAllDocsQuery(), Occur.FILTER)
                    .add(of(not.node()), Occur.MUST_NOT)
                    .build();
        }
        if (node instanceof QueryNode.Words words) {
            return words(words.words());
        }
        if (node instanceof QueryNode.WordPattern pattern) {
            return wordPattern(pattern.pattern());
        }
        if (node instanceof QueryNode.Term term) {
            return term(term.field(), term.value());
        }
        if (node instanceof QueryNode.Pattern pattern) {
            return wildcard(pattern.field().field().name(), EventDocuments.lower(pattern.pattern()));
        }
        if (node instanceof QueryNode.Exists exists) {
            return exists(exists.field());
        }
        if (node instanceof QueryNode.AddressRange range) {
            return InetAddressPoint.newRangeQuery(
                    range.field().field().name(),
                    EventDocuments.inet(bytes(range.from())),
                    EventDocuments.inet(bytes(range.to())));
        }
        if (node instanceof QueryNode.NumberRange range) {
            return range(range.field(), range.from(), range.to());
        }
        return new MatchAllDocsQuery();
    }

    private static Query all(List<Query> parts) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        parts.forEach(part -> all.add(part, Occur.FILTER));
        return all.build();
    }

    private static Query range(HotField field, long from, long to) {
        String name = field.field().name();
        Query points = LongPoint.newRangeQuery(name, from, to);
        return field == HotField.TIME
                ? new IndexOrDocValuesQuery(points, NumericDocValuesField.newSlowRangeQuery(name, from, to))
                : points;
    }

    private static Query term(HotField field, String value) {
        String name = field.field().name();
        if (field.kind() == HotField.Kind.ADDRESS) {
            return InetAddressPoint.newExactQuery(name, EventDocuments.inet(bytes(value)));
        }
        String cut = EventDocuments.cut(value);
        Query lower = new TermQuery(new Term(name, EventDocuments.lower(cut)));
        if (field != HotField.ID) {
            return lower;
        }
        return new BooleanQuery.Builder()
                .add(new TermQuery(new Term(name, cut)), Occur.SHOULD)
                .add(lower, Occur.SHOULD)
                .build();
    }

    private static byte[] bytes(String canonical) {
        return Addresses.parse(canonical).orElseThrow();
    }

    private static Query exists(HotField field) {
        if (field.countable()) {
            return new FieldExistsQuery(field.field().name());
        }
        return field == HotField.TEXT ? new TermQuery(new Term(EventDocuments.HAS, "text")) : new MatchAllDocsQuery();
    }

    // --- text ---

    private Query words(String words) {
        List<String> tokens = tokens(words);
        if (tokens.isEmpty()) {
            return new MatchNoDocsQuery("no word in " + words);
        }
        if (tokens.size() > 1) {
            return new PhraseQuery(EventDocuments.TEXT, tokens.toArray(String[]::new));
        }
        String token = tokens.get(0);
        if (token.codePointCount(0, token.length()) == 1 && Character.isIdeographic(token.codePointAt(0))) {
            // the text holds pairs of characters, so one alone is looked for on either side of a pair
            return new BooleanQuery.Builder()
                    .add(new PrefixQuery(new Term(EventDocuments.TEXT, token)), Occur.SHOULD)
                    .add(new WildcardQuery(new Term(EventDocuments.TEXT, "?" + token)), Occur.SHOULD)
                    .build();
        }
        return new TermQuery(new Term(EventDocuments.TEXT, token));
    }

    /** A pattern may span punctuation at which the text was cut into words: every piece must occur. */
    private Query wordPattern(String pattern) {
        List<Query> parts = new ArrayList<>();
        for (String piece : EventDocuments.lower(pattern).split("[^\\p{L}\\p{N}_.*?]+", -1)) {
            if (piece.isEmpty() || piece.chars().allMatch(c -> c == '*')) {
                continue;
            }
            boolean plain = piece.indexOf('*') < 0 && piece.indexOf('?') < 0;
            parts.add(plain ? words(piece) : wildcard(EventDocuments.TEXT, piece));
        }
        return parts.isEmpty() ? new MatchNoDocsQuery("no word in " + pattern) : all(parts);
    }

    private static Query wildcard(String name, String pattern) {
        String head = pattern.substring(0, pattern.length() - 1);
        if (pattern.endsWith("*") && head.indexOf('*') < 0 && head.indexOf('?') < 0) {
            return new PrefixQuery(new Term(name, head));
        }
        try {
            return new WildcardQuery(new Term(name, pattern.replace("\\", "\\\\")));
        } catch (TooComplexToDeterminizeException e) {
            throw new BadQuery("the pattern " + pattern + " is too complex: use fewer *", 0);
        }
    }

    private List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream(EventDocuments.TEXT, text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                tokens.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tokens;
    }
}
