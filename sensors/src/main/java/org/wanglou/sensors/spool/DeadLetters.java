package org.wanglou.sensors.spool;

import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.wanglou.bus.Topic;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.sensors.frame.Frame;

/**
 * Makes the sealed letter for a frame that can never be an event, with the reason, for {@code wanglou.dead-letter}: JSON
 * {stage, source, reason, receive, bytes, kept, sealed}. Of a frame above 512 KiB the head is kept, which
 * {@code kept} says. Thread-safe.
 */
public final class DeadLetters {
    /** Value of {@code wl-type}. */
    public static final String DEAD_LETTER_1 = "dead-letter/1";

    private static final int MOST = 512 << 10;

    private final Sealer sealer;

    public DeadLetters(Sealer sealer) {
        this.sealer = sealer;
    }

    /** The letter, ready to be sent. */
    public Parcel letter(String source, Frame frame, String reason, String eventId) {
        byte[] kept = frame.bytes().length > MOST ? Arrays.copyOf(frame.bytes(), MOST) : frame.bytes();
        Map<String, Object> letter = new TreeMap<>();
        letter.put("stage", "sensors");
        letter.put("source", source);
        letter.put("reason", reason);
        letter.put("receive", frame.receivedMillis());
        letter.put("bytes", frame.bytes().length);
        letter.put("kept", kept.length);
        letter.put("sealed", Base64.getEncoder().encodeToString(sealer.seal(kept)));
        return new Parcel(
                Topic.DEAD_LETTER,
                source,
                eventId,
                frame.receivedMillis(),
                frame.receivedMillis(),
                Jsons.bytes(letter));
    }
}
