package org.wanglou.sensors.spool;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.wanglou.bus.Publisher;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;

/**
 * One event ready for Kafka: masked, encoded, with its id.
 *
 * @param source the source's name
 * @param id event id
 * @param receivedMillis record timestamp
 * @param timeMillis event time
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copied by nobody
public record Parcel(Topic topic, String source, String id, long receivedMillis, long timeMillis, byte[] value) {
    /** Hands it to Kafka, events spread over the partitions, letters by their source. */
    public CompletableFuture<Void> publish(Publisher publisher) {
        boolean letter = topic == Topic.DEAD_LETTER;
        return publisher.publish(
                topic,
                -1,
                letter ? source.getBytes(StandardCharsets.UTF_8) : null,
                value,
                receivedMillis,
                letter ? DeadLetters.DEAD_LETTER_1 : Wire.EVENT_1,
                id);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length + 128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(topic.name());
            out.writeUTF(source);
            out.writeUTF(id);
            out.writeLong(receivedMillis);
            out.writeLong(timeMillis);
            out.write(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException when the bytes are no parcel */
    static Parcel of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return new Parcel(
                    Topic.valueOf(in.readUTF()),
                    in.readUTF(),
                    in.readUTF(),
                    in.readLong(),
                    in.readLong(),
                    in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalArgumentException("not a parcel", e);
        }
    }
}
