package org.wanglou.model.judgement;

/**
 * Which importance an object of a protection level has. Immutable.
 *
 * @param id such as {@code importance#3}
 * @param protectionLevel 1–5, or 0 for an unknown level
 * @param cii whether the row is about critical information infrastructure
 * @param importance {@code special}, {@code important} or {@code general}
 */
public record ImportanceRow(String id, int protectionLevel, boolean cii, String importance, RowSource origin) {}
