package org.wanglou.app.config;

/**
 * One fault in the configuration. Immutable.
 *
 * @param line from 1; 0 when the file as a whole is meant
 * @param key path such as {@code sensors[0].bind}, empty for the file
 */
public record ConfigProblem(String file, int line, String key, String message, String remedy) {
    /** {@code file:line: key: message — remedy}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + (key.isEmpty() ? "" : key + ": ") + message + " — " + remedy;
    }
}
