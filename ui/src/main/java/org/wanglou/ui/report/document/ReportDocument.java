package org.wanglou.ui.report.document;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wanglou.alerting.evidence.Texts;
import org.wanglou.bus.codec.Jsons;

/**
 * One report about one organisation's subtree and one period. Immutable.
 *
 * @param format {@value #FORMAT}
 * @param id empty in a preview
 * @param kind {@code period}, or {@code preview} when nobody signed
 * @param basis digests of what was in force, by name, oldest use first
 * @param toCheck rows of law or standard that figures rest on and nobody has checked (待核)
 * @param notices what a reader must know, zh-CN
 */
public record ReportDocument(
        String format,
        String id,
        String kind,
        Text title,
        Unit unit,
        Period period,
        Made made,
        Map<String, List<String>> basis,
        Completeness completeness,
        LedgerHead ledger,
        List<Section> sections,
        List<String> toCheck,
        List<String> notices) {
    public static final String FORMAT = "wanglou-report/1";

    private static final Set<String> NULLABLE = Set.of("value", "numerator", "denominator", "received");

    public ReportDocument {
        basis = Collections.unmodifiableMap(new TreeMap<>(basis));
        sections = List.copyOf(sections);
        toCheck = List.copyOf(toCheck);
        notices = List.copyOf(notices);
    }

    /** The organisation and how many units its subtree has, itself included. */
    public record Unit(String id, String name, String kind, int units) {}

    /**
     * [from, to).
     *
     * @param from RFC 3339 UTC
     * @param to RFC 3339 UTC
     * @param shownFrom in {@code zone}
     * @param shownTo in {@code zone}, exclusive
     * @param ended false when the report was made before the period's end: it then covers what was there
     */
    public record Period(String from, String to, String zone, String shownFrom, String shownTo, boolean ended) {}

    /**
     * When (RFC 3339 UTC, and in the period's zone), by whom, on which node, with which software and key. Figures are as of
     * that moment.
     *
     * @param by account name, empty in a preview
     * @param kid id of the signing key, empty in a preview
     * @param publicKey PEM, empty in a preview
     */
    public record Made(
            String at,
            String shownAt,
            String by,
            String node,
            String software,
            String cryptoModule,
            String algorithm,
            String userId,
            String kid,
            String publicKey) {}

    /**
     * What the figures were computed from.
     *
     * @param received null: receipts are not kept by period
     * @param archived events of the period in the archive, by event time
     * @param intervalMillis length of the intervals looked at
     * @param emptyIntervals intervals without any event
     * @param gaps runs of empty intervals, the first {@value #MOST_GAPS}
     * @param sources events by data set, most frequent first
     */
    public record Completeness(
            @Nullable Long received,
            long archived,
            Applicability applicability,
            long intervalMillis,
            long intervals,
            long emptyIntervals,
            long gapCount,
            List<Gap> gaps,
            List<Source> sources,
            Text statement) {
        public static final int MOST_GAPS = 50;

        public Completeness {
            gaps = List.copyOf(gaps);
            sources = List.copyOf(sources);
        }
    }

    /** No event from, inclusive, to, exclusive; RFC 3339 UTC. */
    public record Gap(String from, String to) {}

    /** How many events a data set gave. */
    public record Source(String dataset, long count) {}

    /** The signed head under which the records are found. */
    public record LedgerHead(String origin, long size, String root, String checkpoint) {}

    /** Figures that belong together. */
    public record Section(String id, Text title, List<Indicator> indicators) {
        public Section {
            indicators = List.copyOf(indicators);
        }
    }

    /** The document in canonical form: the bytes that are signed, without a newline. */
    public String canonical() {
        return Texts.canonical(this);
    }

    /** As {@link #canonical}, UTF-8. */
    public byte[] bytes() {
        return canonical().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException when the bytes are no such document */
    public static ReportDocument parse(byte[] json) {
        ReportDocument document;
        try {
            JsonNode tree = Jsons.mapper().readTree(json);
            requireValues(tree);
            document = Jsons.mapper()
                    .readerFor(ReportDocument.class)
                    .with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .readValue(tree);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("not a report: it is no JSON of form " + FORMAT, e);
        }
        if (!FORMAT.equals(document.format)) {
            throw new IllegalArgumentException("not a report of form " + FORMAT);
        }
        return document;
    }

    /** Only figures may be null. */
    private static void requireValues(JsonNode node) {
        if (!node.isContainerNode()) {
            throw new IllegalArgumentException("an object or array is expected");
        }
        node.fields().forEachRemaining(field -> {
            if (field.getValue().isNull() && !NULLABLE.contains(field.getKey())) {
                throw new IllegalArgumentException("'" + field.getKey() + "' is null");
            }
        });
        for (JsonNode child : node) {
            if (child.isContainerNode()) {
                requireValues(child);
            }
        }
    }

    /** The figure of that id. */
    public Optional<Indicator> indicator(String indicatorId) {
        return sections.stream()
                .flatMap(section -> section.indicators.stream())
                .filter(indicator -> indicator.id().equals(indicatorId))
                .findFirst();
    }
}
