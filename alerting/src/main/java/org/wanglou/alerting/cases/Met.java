package org.wanglou.alerting.cases;

/**
 * How a clock was met.
 *
 * @param channel such as 12387 热线
 * @param receipt receipt number, may be empty
 * @param person who reported
 * @param at when, milliseconds UTC
 */
public record Met(String channel, String receipt, String person, long at) {
    String words() {
        return channel + (receipt.isBlank() ? "" : "，回执 " + receipt) + "，" + person;
    }
}
