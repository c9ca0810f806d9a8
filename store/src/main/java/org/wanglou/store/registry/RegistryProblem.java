package org.wanglou.store.registry;

/**
 * One fault in a registry file. Immutable.
 *
 * @param file name of the file
 * @param line 1-based; 0 when it is about the file as a whole
 * @param column name of the column, empty when it is about the row
 * @param value what was found there
 * @param message what is wrong
 * @param remedy what would be right, and what was done meanwhile
 */
public record RegistryProblem(String file, int line, String column, String value, String message, String remedy) {
    /** {@code file:line:column value: message (remedy)}. */
    @Override
    public String toString() {
        return file + ":" + line + (column.isEmpty() ? "" : ":" + column) + (value.isEmpty() ? "" : " " + value) + ": "
                + message + " (" + remedy + ")";
    }
}
