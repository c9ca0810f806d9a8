package org.wanglou.model.judgement;

import java.time.LocalDate;

/**
 * Where a table row comes from and how far it may be trusted. Immutable.
 *
 * @param source the document, such as {@code 国家网络安全事件报告管理办法}, or {@code 本单位设定}
 * @param clause the clause in it, never empty
 * @param edition year or date of the edition
 * @param verified true 已核对, false 待核
 * @param from first day on which the row holds
 * @param to last day on which the row holds; {@link LocalDate#MAX} when open
 */
public record RowSource(String source, String clause, String edition, boolean verified, LocalDate from, LocalDate to) {
    public boolean validOn(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }

    /** Source and clause in words, with the badge 待核 where it belongs. */
    public String words() {
        return source + " " + clause + (verified ? "" : "（待核）");
    }
}
