package org.wanglou.app.filter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.wanglou.model.Addresses;

/**
 * The UDP datagrams of a capture file: pcap in both byte orders with micro- or nanoseconds, and pcapng's enhanced packet
 * blocks; link types Ethernet (with VLAN tags), Linux cooked 1 and 2, raw IP and loopback; IPv4 and IPv6 without
 * extension headers. What is fragmented, cut short or something else is skipped and counted. Files up to 1 GiB. Confined
 * to one thread.
 */
final class Pcap {
    private static final long LARGEST = 1L << 30;
    private static final int SECTION = 0x0A0D0D0A;
    private static final int INTERFACE = 1;
    private static final int ENHANCED = 6;

    /** Told of each datagram. */
    interface Datagrams {
        /** @param millis capture time, milliseconds UTC */
        void datagram(byte[] payload, String source, long millis);
    }

    private final Datagrams told;
    private final Map<Integer, Integer> links = new HashMap<>();
    private long skipped;

    private Pcap(Datagrams told) {
        this.told = told;
    }

    /**
     * Reads a file.
     *
     * @return how many packets were skipped; empty when the file is no capture, and nothing was told
     */
    static Optional<Long> read(Path file, Datagrams told) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than 1 GiB: cut the capture");
        }
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
        if (in.remaining() < 24) {
            return Optional.empty();
        }
        Pcap pcap = new Pcap(told);
        int magic = in.getInt(0);
        boolean known =
                switch (magic) {
                    case 0xA1B2C3D4 -> pcap.classic(in.order(ByteOrder.BIG_ENDIAN), 1_000);
                    case 0xD4C3B2A1 -> pcap.classic(in.order(ByteOrder.LITTLE_ENDIAN), 1_000);
                    case 0xA1B23C4D -> pcap.classic(in.order(ByteOrder.BIG_ENDIAN), 1_000_000);
                    case 0x4D3CB2A1 -> pcap.classic(in.order(ByteOrder.LITTLE_ENDIAN), 1_000_000);
                    case SECTION -> pcap.blocks(in);
                    default -> false;
                };
        return known ? Optional.of(pcap.skipped) : Optional.empty();
    }

    private boolean classic(ByteBuffer in, long perMilli) {
        int link = in.getInt(20) & 0xffff;
        in.position(24);
        while (in.remaining() >= 16) {
            long millis = (in.getInt() & 0xffffffffL) * 1000 + (in.getInt() & 0xffffffffL) / perMilli;
            int length = in.getInt();
            in.getInt();
            if (length < 0 || length > in.remaining()) {
                skipped++;
                break;
            }
            frame(in.slice(in.position(), length), link, millis);
            in.position(in.position() + length);
        }
        return true;
    }

    private boolean blocks(ByteBuffer in) {
        int interfaces = 0;
        while (in.remaining() >= 12) {
            int start = in.position();
            int type = in.getInt(start);
            if (type == SECTION) {
                in.order(in.getInt(start + 8) == 0x1A2B3C4D ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
                if (in.order() == ByteOrder.LITTLE_ENDIAN && in.getInt(start + 8) != 0x1A2B3C4D) {
                    return false;
                }
                links.clear();
                interfaces = 0;
            }
            type = in.getInt(start);
            int length = in.getInt(start + 4);
            if (length < 12 || length > in.remaining()) {
                skipped++;
                break;
            }
            if (type == INTERFACE && length >= 20) {
                links.put(interfaces++, in.getShort(start + 8) & 0xffff);
            } else if (type == ENHANCED && length >= 32) {
                enhanced(in, start, length);
            }
            in.position(start + length);
        }
        return true;
    }

    private void enhanced(ByteBuffer in, int start, int length) {
        // Times of other than the default resolution (microseconds) are rare, and only a hint for times without year.
        long micros = (in.getInt(start + 12) & 0xffffffffL) << 32 | (in.getInt(start + 16) & 0xffffffffL);
        int captured = in.getInt(start + 20);
        Integer link = links.get(in.getInt(start + 8));
        if (link == null || captured < 0 || captured > length - 32) {
            skipped++;
            return;
        }
        frame(in.slice(start + 28, captured), link, micros / 1000);
    }

    private void frame(ByteBuffer frame, int link, long millis) {
        frame.order(ByteOrder.BIG_ENDIAN);
        int at =
                switch (link) {
                    case 1 -> ethernet(frame);
                    case 0, 108 -> 4;
                    case 101, 228, 229 -> 0;
                    case 113 -> 16;
                    case 276 -> 20;
                    default -> -1;
                };
        if (at < 0 || frame.remaining() < at + 28) {
            skipped++;
            return;
        }
        int version = frame.get(at) >> 4 & 0xf;
        if (version == 4) {
            boolean whole = (frame.getShort(at + 6) & 0x3fff) == 0;
            int header = (frame.get(at) & 0xf) * 4;
            udp(frame, at + header, whole && frame.get(at + 9) == 17, bytes(frame, at + 12, 4), millis);
        } else if (version == 6 && frame.remaining() >= at + 48) {
            udp(frame, at + 40, frame.get(at + 6) == 17, bytes(frame, at + 8, 16), millis);
        } else {
            skipped++;
        }
    }

    private static int ethernet(ByteBuffer frame) {
        int at = 12;
        while (frame.remaining() >= at + 2) {
            int type = frame.getShort(at) & 0xffff;
            if (type == 0x8100 || type == 0x88a8) {
                at += 4;
            } else {
                return type == 0x0800 || type == 0x86dd ? at + 2 : -1;
            }
        }
        return -1;
    }

    private void udp(ByteBuffer frame, int at, boolean isUdp, byte[] source, long millis) {
        if (!isUdp || frame.remaining() < at + 8) {
            skipped++;
            return;
        }
        int length = (frame.getShort(at + 4) & 0xffff) - 8;
        if (length < 0 || length > frame.remaining() - at - 8) {
            skipped++;
            return;
        }
        told.datagram(bytes(frame, at + 8, length), Addresses.format(source), millis);
    }

    private static byte[] bytes(ByteBuffer from, int at, int length) {
        int start = from.arrayOffset() + at;
        return Arrays.copyOfRange(from.array(), start, start + length);
    }
}
