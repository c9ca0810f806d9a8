package org.wanglou.rules;

/**
 * Why a piece of knowledge could not be used. Immutable.
 *
 * @param file the file as the reader was given it
 * @param line from 1; 0 when the whole file is meant
 * @param message what is wrong
 * @param remedy what the author can do
 */
public record RuleProblem(String file, int line, String message, String remedy) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + message + " — " + remedy;
    }
}
