package org.wanglou.ui.report.document;

/** Words in Chinese and in English. Immutable. */
public record Text(String zh, String en) {
    public static final Text NONE = new Text("", "");
}
