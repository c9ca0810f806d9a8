package org.wanglou.store.reports;

/**
 * One signed report with everything that was made of it. Immutable.
 *
 * @param entry what lists show
 * @param document canonical JSON, exactly what was signed
 * @param signature the detached signature's text
 * @param pdf the page for reading; no bytes when none was made
 */
public record StoredReport(Entry entry, String document, String signature, byte[] pdf) {
    public StoredReport {
        pdf = pdf.clone();
    }

    @Override
    public byte[] pdf() {
        return pdf.clone();
    }

    /**
     * A report in a list.
     *
     * @param id unique
     * @param kind {@code period}
     * @param organization id of the unit whose subtree it is about
     * @param from milliseconds UTC, inclusive
     * @param to milliseconds UTC, exclusive
     * @param madeAt milliseconds UTC
     * @param madeBy account name
     * @param sm3 hex SM3 of the document's bytes
     * @param kid id of the signing key
     */
    public record Entry(
            String id,
            String kind,
            String organization,
            long from,
            long to,
            long madeAt,
            String madeBy,
            String sm3,
            String kid) {}
}
