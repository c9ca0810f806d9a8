package org.wanglou.sensors.format.host;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Words;

/**
 * One record of the Linux audit trail (auditd.log, audisp syslog, or the kernel's own line): {@code type=X
 * msg=audit(seconds:serial): key=value … msg='key=value …'}. Records of one action share {@code auditd.log.sequence}. Values
 * that the kernel wrote in hexadecimal because they hold blanks or worse are decoded. Immutable.
 */
public final class AuditMessage implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int at = 0;
        String node = "";
        if (text.startsWith("node=")) {
            at = text.indexOf(' ') + 1;
            node = text.substring(5, Math.max(5, at - 1));
        }
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (!text.startsWith("type=", at)) {
            return false;
        }
        int typeEnd = text.indexOf(' ', at);
        int audit = typeEnd < 0 ? -1 : text.indexOf("audit(", typeEnd);
        if (audit < 0 || audit - typeEnd > 8) {
            return false;
        }
        return record(text, text.substring(at + 5, typeEnd), audit, node, event);
    }

    /** {@code audit: type=1400 audit(…): …} as the kernel prints it; the type may be given as its number. */
    public static boolean kernel(String text, int from, int audit, Event.Builder event) {
        int type = text.indexOf("type", from);
        int equals = type < 0 || type > audit ? -1 : text.indexOf('=', type);
        String name = equals < 0 ? "" : text.substring(equals + 1, audit).strip();
        int blank = name.indexOf(' ');
        return record(text, blank > 0 ? name.substring(0, blank) : name, audit, "", event);
    }

    private static boolean record(String text, String type, int audit, String node, Event.Builder event) {
        int colon = text.indexOf(':', audit);
        int close = colon < 0 ? -1 : text.indexOf(')', colon);
        if (close < 0 || type.length() > 64) {
            return false;
        }
        long time = Clock.epoch(text.substring(audit + 6, colon));
        if (time == Clock.NONE) {
            return false;
        }
        event.set(Ecs.TIMESTAMP, time);
        Words.dataset(event, "auditd.log");
        Fill.number(event, "auditd.log.sequence", text.substring(colon + 1, close));
        Fill.text(event, "auditd.log.node", node);
        AuditType known = AuditType.of(type);
        event.set("auditd.log.record_type", known.name());
        int from = close + 1;
        from += from < text.length() && text.charAt(from) == ':' ? 1 : 0;
        event.set(Ecs.MESSAGE, text.substring(Math.min(from, text.length())).strip());
        String body = old(text, from, event);
        AuditFields fields = new AuditFields(known.name(), event);
        fields.read(body);
        fields.finish();
        known.apply(event, body);
        return true;
    }

    /** {@code old auid=} and {@code new auid=} of LOGIN lose the blank in their names, {@code avc: denied { x } for} its words. */
    private static String old(String text, int from, Event.Builder event) {
        String body = text.substring(Math.min(from, text.length()));
        if (body.contains(" old auid=")) {
            body = body.replace(" old auid=", " old_auid=")
                    .replace(" new auid=", " new_auid=")
                    .replace(" old ses=", " old_ses=")
                    .replace(" new ses=", " new_ses=");
        }
        int avc = body.indexOf("avc:");
        int open = avc < 0 ? -1 : body.indexOf('{', avc);
        int close = open < 0 ? -1 : body.indexOf('}', open);
        if (close > 0) {
            event.set(
                    "auditd.log.avc.request",
                    List.of(body.substring(open + 1, close).strip().split(" ", 32)));
            String verdict = body.substring(avc + 4, open).strip();
            Fill.text(event, "auditd.log.avc.action", verdict);
            event.set(Ecs.EVENT_OUTCOME, verdict.equals("denied") ? Words.FAILURE : Words.SUCCESS);
        }
        return body;
    }

    /** A value in hexadecimal digits, two a byte, to the text it is; any other value as it is. */
    static String hex(Pairs pair) {
        String value = pair.value();
        if (pair.quoted() || value.length() < 2 || value.length() % 2 != 0) {
            return value;
        }
        byte[] bytes = new byte[value.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = Character.digit(value.charAt(2 * i), 16);
            int low = Character.digit(value.charAt(2 * i + 1), 16);
            if (high < 0 || low < 0 || value.charAt(2 * i) > 'F' || value.charAt(2 * i + 1) > 'F') {
                return value;
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8).replace('\0', ' ');
    }
}
