package org.wanglou.app.config;

/**
 * One key of the file. Immutable.
 *
 * @param path with {@code []} for the elements of a list, such as {@code sensors[].bind}
 * @param absent what holds when the key is absent, as it would be written; {@code (required)} when it must be there
 * @param meaning one or two sentences for the reference page
 */
public record Key(String path, String absent, String meaning) {
    static final String REQUIRED = "(required)";

    boolean required() {
        return absent.equals(REQUIRED);
    }

    /** The path without its last word. */
    String parent() {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }

    String word() {
        return path.substring(path.lastIndexOf('.') + 1).replace("[]", "");
    }
}
