package org.wanglou.sensors.format.flow;

import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.wanglou.model.Addresses;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.frame.Frame;

/**
 * NetFlow version 5 (Cisco): a header of 24 bytes and up to 30 records of 48. Times of records count in milliseconds of
 * the exporter's uptime; the header ties uptime to wall time. Immutable.
 */
public final class NetflowV5Format implements Format {
    private static final int HEADER = 24;
    private static final int RECORD = 48;

    @Override
    public String name() {
        return "netflow-v5";
    }

    @Override
    public Decoded decode(Frame frame, ZoneId zone) {
        ByteBuffer in = ByteBuffer.wrap(frame.bytes());
        if (in.remaining() < HEADER || in.getShort(0) != 5) {
            return new Decoded.Malformed("not a NetFlow version 5 datagram");
        }
        int count = in.getShort(2) & 0xffff;
        if (count > 30 || in.remaining() < HEADER + count * RECORD) {
            return new Decoded.Malformed("NetFlow version 5 header announces more records than came");
        }
        long uptime = in.getInt(4) & 0xffffffffL;
        long wall = (in.getInt(8) & 0xffffffffL) * 1000 + (in.getInt(12) & 0xffffffffL) / 1_000_000;
        List<Event.Builder> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(record(in, HEADER + i * RECORD, wall - uptime));
        }
        return new Decoded.Events(events);
    }

    private static Event.Builder record(ByteBuffer in, int at, long boot) {
        long first = boot + (in.getInt(at + 24) & 0xffffffffL);
        long last = boot + (in.getInt(at + 28) & 0xffffffffL);
        long packets = in.getInt(at + 16) & 0xffffffffL;
        long bytes = in.getInt(at + 20) & 0xffffffffL;
        int protocol = in.get(at + 38) & 0xff;
        String source = address(in, at);
        String destination = address(in, at + 4);
        return Event.builder()
                .set(Ecs.TIMESTAMP, last)
                .set(Ecs.EVENT_START, first)
                .set(Ecs.EVENT_END, last)
                .set(Ecs.EVENT_DURATION, Math.max(0, last - first) * 1_000_000)
                .set(Ecs.EVENT_DATASET, "flow")
                .set(Ecs.EVENT_KIND, "event")
                .set(Ecs.EVENT_CATEGORY, List.of("network"))
                .set(Ecs.EVENT_TYPE, List.of("connection"))
                .set(Ecs.EVENT_ACTION, "netflow_flow")
                .set(Ecs.SOURCE_IP, source)
                .set(Ecs.SOURCE_ADDRESS, source)
                .set(Ecs.SOURCE_PORT, (long) (in.getShort(at + 32) & 0xffff))
                .set(Ecs.SOURCE_BYTES, bytes)
                .set(Ecs.SOURCE_PACKETS, packets)
                .set(Ecs.DESTINATION_IP, destination)
                .set(Ecs.DESTINATION_ADDRESS, destination)
                .set(Ecs.DESTINATION_PORT, (long) (in.getShort(at + 34) & 0xffff))
                .set(Ecs.NETWORK_TYPE, "ipv4")
                .set(Ecs.NETWORK_IANA, Integer.toString(protocol))
                .set(Ecs.NETWORK_TRANSPORT, transport(protocol))
                .set(Ecs.NETWORK_BYTES, bytes)
                .set(Ecs.NETWORK_PACKETS, packets)
                .set("netflow.tcp_control_bits", (long) (in.get(at + 37) & 0xff));
    }

    private static String address(ByteBuffer in, int at) {
        byte[] bytes = new byte[4];
        in.get(at, bytes);
        return Addresses.format(bytes);
    }

    private static String transport(int protocol) {
        return switch (protocol) {
            case 1 -> "icmp";
            case 6 -> "tcp";
            case 17 -> "udp";
            case 47 -> "gre";
            case 50 -> "esp";
            case 58 -> "ipv6-icmp";
            case 132 -> "sctp";
            default -> "unknown";
        };
    }
}
