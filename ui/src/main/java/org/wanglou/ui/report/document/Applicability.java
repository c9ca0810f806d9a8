package org.wanglou.ui.report.document;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a figure is worth. Only {@link #APPLICABLE} and {@link #TO_CHECK} have a value. */
public enum Applicability {
    APPLICABLE("applicable", "适用"),
    /** Nothing to measure: it leaves every denominator. */
    NOT_APPLICABLE("not-applicable", "不适用"),
    /** Nothing was observed, so nothing is known; never shown as zero. */
    NO_DATA("no-data", "无数据"),
    /** Rests on rows of law or standard that nobody has checked against the printed text. */
    TO_CHECK("to-check", "待核");

    private final String word;
    private final String chinese;

    Applicability(String word, String chinese) {
        this.word = word;
        this.chinese = chinese;
    }

    @JsonValue
    public String word() {
        return word;
    }

    public String chinese() {
        return chinese;
    }

    /** @throws IllegalArgumentException when it is none of the four words */
    @JsonCreator
    public static Applicability of(String word) {
        for (Applicability value : values()) {
            if (value.word.equals(word)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "applicability must be applicable, not-applicable, no-data or to-check, is " + word);
    }
}
