package org.wanglou.ui.api;

import java.util.List;
import java.util.Optional;

/**
 * Reports that were made, and making one. Whoever implements it does not look at accounts: the API has checked permission
 * and unit before. Thread-safe.
 */
public interface ReportSource {
    /** One report. Times are milliseconds UTC, {@code to} exclusive; {@code sm3} is of the signed document's bytes. */
    record Entry(
            String id,
            String kind,
            String organization,
            String organizationName,
            long from,
            long to,
            long madeAt,
            String madeBy,
            String sm3,
            boolean sealed) {}

    /** Newest first. */
    List<Entry> list();

    Optional<Entry> entry(String id);

    /**
     * Makes, signs, keeps and seals a report ({@code report.make} is owed in its transaction).
     *
     * @param kind {@code period}
     * @param by account name
     * @throws IllegalArgumentException with a reason in zh-CN when it cannot be made
     */
    Entry make(String kind, String organization, long from, long to, String by);

    /** The document as JSON without signature; nothing is kept. */
    String preview(String organization, long from, long to);

    /** The signed document, exactly as signed: UTF-8 JSON. */
    Optional<byte[]> json(String id);

    Optional<byte[]> pdf(String id);

    /** The signature as text that verifies offline. */
    Optional<String> signature(String id);
}
