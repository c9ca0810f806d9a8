package org.wanglou.bus;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Names of the record headers and types on the wire. */
public final class Wire {
    public static final String TYPE = "wl-type";
    /** Id of the causing event. */
    public static final String TRACE = "wl-trace";
    /** Digest of the rule snapshot a routed signal was made under. */
    public static final String REF = "wl-ref";

    public static final String EVENT_1 = "event/1";
    public static final String SIGNAL_1 = "signal/1";
    public static final String INCIDENT_1 = "incident/1";
    public static final String TICK_1 = "tick/1";

    private Wire() {}

    /** The last header of that name as UTF-8 text, empty string when absent. */
    public static String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** True if {@code type} is a later or earlier minor of the same major as {@code known}, such as {@code tick/1}. */
    public static boolean same(String type, String known) {
        return type.equals(known) || type.startsWith(known + ".");
    }
}
