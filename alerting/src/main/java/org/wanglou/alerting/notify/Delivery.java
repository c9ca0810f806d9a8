package org.wanglou.alerting.notify;

import java.time.Duration;

/**
 * How one attempt ended.
 *
 * @param outcome what the dispatcher does next
 * @param answer the receiver's status line and first words, or the error; at most 500 characters, no control characters
 * @param answerSm3 hex SM3 of the receiver's whole answer body as far as it was read, empty when there was none
 * @param retryAfter the least pause the receiver asked for, zero for none
 */
public record Delivery(Outcome outcome, String answer, String answerSm3, Duration retryAfter) {
    private static final int MAX_ANSWER = 500;

    public Delivery {
        answer = clean(answer);
    }

    /** Taken: done. Later: try again. Never: no further attempt by itself can help. */
    public enum Outcome {
        TAKEN,
        LATER,
        NEVER
    }

    public static Delivery taken(String answer, String answerSm3) {
        return new Delivery(Outcome.TAKEN, answer, answerSm3, Duration.ZERO);
    }

    public static Delivery later(String answer) {
        return new Delivery(Outcome.LATER, answer, "", Duration.ZERO);
    }

    public static Delivery never(String answer) {
        return new Delivery(Outcome.NEVER, answer, "", Duration.ZERO);
    }

    /** The receiver's words are its own choice: kept printable and short. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .limit(MAX_ANSWER)
                .forEach(c -> clean.appendCodePoint(
                        Character.isISOControl(c)
                                        || Character.getType(c) == Character.FORMAT
                                        || Character.getType(c) == Character.SURROGATE
                                ? ' '
                                : c));
        return clean.length() <= MAX_ANSWER ? clean.toString() : clean.substring(0, MAX_ANSWER - 1);
    }
}
