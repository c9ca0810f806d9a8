package org.wanglou.sensors.format.zeek;

import java.util.HashMap;
import java.util.Map;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.json.JsonFormat;
import org.wanglou.sensors.format.json.JsonKind;
import org.wanglou.sensors.format.part.JsonShape;

/** Zeek's JSON log; which log it is says {@code _path}, or else the fields that only one has. Immutable. */
public final class ZeekJson {
    private static final Map<String, JsonKind> KINDS = new HashMap<>();
    private static final String[][] MARKS = {
        {"conn", "\"conn_state\""},
        {"dns", "\"qclass\"", "\"trans_id\"", "\"rcode_name\""},
        {"http", "\"trans_depth\"", "\"status_msg\"", "\"request_body_len\""},
        {"ssl", "\"resumed\"", "\"ssl_history\"", "\"established\""},
        {"x509", "\"certificate.version\"", "\"certificate\":{"},
        {"notice", "\"note\"", "\"suppress_for\""},
        {"ssh", "\"auth_attempts\"", "\"host_key\"", "\"kex_alg\""},
        {"smtp", "\"mailfrom\"", "\"last_reply\""},
        {"files", "\"tx_hosts\"", "\"seen_bytes\""},
        {"weird", "\"peer\":\"", "\"addl\""},
        {"kerberos", "\"request_type\""},
        {"dhcp", "\"msg_types\"", "\"lease_time\""},
        {"ntp", "\"stratum\""},
        {"smb_files", "\"fuid\",\"action\":\"SMB"},
        {"ftp", "\"reply_code\""},
        {"rdp", "\"security_protocol\""},
        {"intel", "\"seen.indicator\""},
    };

    static {
        for (String log : ZeekFields.logs()) {
            KINDS.put(log, kind(log));
        }
        KINDS.put("log", kind("log"));
    }

    private ZeekJson() {}

    private static JsonKind kind(String log) {
        return new JsonKind("zeek-json", JsonShape.of(ZeekFields.of(log)), event -> finish(log, event));
    }

    private static boolean finish(String log, Event.Builder event) {
        ZeekFields.finish(log, event);
        return true;
    }

    public static JsonKind of(JsonFormat.Slice object) {
        String path = path(object);
        if (!path.isEmpty()) {
            JsonKind known = KINDS.get(path);
            return known != null ? known : kind(path);
        }
        for (String[] marks : MARKS) {
            for (int i = 1; i < marks.length; i++) {
                if (object.holds(marks[i])) {
                    JsonKind known = KINDS.get(marks[0]);
                    return known != null ? known : kind(marks[0]);
                }
            }
        }
        return java.util.Objects.requireNonNull(KINDS.get("log"));
    }

    /** The value of {@code "_path"} when it is a plain name. */
    private static String path(JsonFormat.Slice object) {
        int at = object.find("\"_path\":");
        if (at < 0) {
            return "";
        }
        at += 8;
        byte[] bytes = object.bytes();
        while (at < object.to() && (bytes[at] == ' ' || bytes[at] == '"')) {
            at++;
        }
        StringBuilder name = new StringBuilder(16);
        while (at < object.to()
                && name.length() < 40
                && (bytes[at] >= 'a' && bytes[at] <= 'z' || bytes[at] == '_' || bytes[at] >= '0' && bytes[at] <= '9')) {
            name.append((char) bytes[at++]);
        }
        return name.toString();
    }
}
