package org.wanglou.sensors.format.evtx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wanglou.sensors.format.evtx.EvtxWriter.element;
import static org.wanglou.sensors.format.evtx.EvtxWriter.instance;
import static org.wanglou.sensors.format.evtx.EvtxWriter.nested;
import static org.wanglou.sensors.format.evtx.EvtxWriter.slot;
import static org.wanglou.sensors.format.evtx.EvtxWriter.string;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wanglou.sensors.format.Container.Piece;
import org.wanglou.sensors.format.evtx.EvtxWriter.Part;
import org.wanglou.sensors.format.evtx.EvtxWriter.Value;

/** Files that want to cost more than they are worth; {@code -Dwanglou.fuzz.seed} repeats a run. */
class EvtxBoundsTest {
    private static final int CASES = 4_000;

    private static byte[] good() {
        EvtxWriter writer = new EvtxWriter();
        for (int i = 1; i <= 12; i++) {
            writer.record(i, Written.logon(i));
        }
        return writer.file(0);
    }

    private static byte[] record(Part body) {
        return new EvtxWriter().record(1, body).record(2, Written.logon(2)).file(0);
    }

    private static void costsItselfAlone(byte[] file, String reason) {
        assertThat(Written.damage(file)).anyMatch(said -> said.contains("chunk 0 record 1: " + reason));
        assertThat(Written.xml(file)).anyMatch(xml -> xml.contains("<EventRecordID>2</EventRecordID>"));
    }

    @Test
    void a_template_that_contains_itself_is_refused() {
        costsItselfAlone(
                record(out -> {
                    int at = out.at() + 10;
                    instance("self", element("a", inner -> {
                                inner.bytes(0x0c, 1);
                                inner.u32(1);
                                inner.u32(at);
                                inner.u32(0);
                            }))
                            .write(out);
                }),
                "nests too deep");
    }

    @Test
    void a_value_that_is_named_a_hundred_times_at_each_of_twenty_levels_ends() {
        Part[] slots = new Part[100];
        Arrays.fill(slots, slot(0, 0x21));
        Value value = string("x".repeat(100));
        for (int i = 0; i < 20; i++) {
            value = nested(instance("bomb", element("b", slots), value));
        }
        Value last = value;
        byte[] file = record(instance("bomb", element("b", slots), last));
        long most = Written.xml(file).stream().mapToLong(String::length).max().orElse(0);
        assertThat(most).isLessThan(2L * Budget.MOST_CHARS);
        assertThat(Written.damage(file)).isNotEmpty();
    }

    @Test
    void a_long_value_that_is_named_a_thousand_times_is_cut_and_says_so() {
        Part[] slots = new Part[1_000];
        Arrays.fill(slots, element("d", slot(0, 1)));
        byte[] file = record(instance("wide", element("b", slots), string("x".repeat(10_000))));
        Piece.Message message = (Piece.Message) Written.read(file).stream()
                .filter(Piece.Message.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(message.cut()).isTrue();
        assertThat(message.bytes().length).isLessThan(2 * Budget.MOST_CHARS);
        costsItselfAlone(file, "is longer than");
    }

    @Test
    void elements_nest_so_deep_and_no_deeper() {
        Part nest = element("a");
        for (int i = 0; i < 1_000; i++) {
            nest = element("a", nest);
        }
        costsItselfAlone(record(nest), "nests too deep");
    }

    @Test
    void offsets_and_counts_that_lead_outside_cost_their_record() {
        costsItselfAlone(
                record(out -> {
                    out.bytes(0x0c, 1);
                    out.u32(1);
                    out.u32(0x7fffffff);
                }),
                "an offset or size leads outside");
        costsItselfAlone(
                record(out -> {
                    out.bytes(0x01);
                    out.u32(9);
                    out.u32(-2);
                    out.bytes(0x03);
                }),
                "an offset or size leads outside");
        costsItselfAlone(
                record(out -> {
                    instance("count", element("a")).write(out);
                    out.patch(out.at() - 4, 60_000);
                }),
                "has more values than room for them");
    }

    @Test
    void a_header_longer_than_the_file_is_named_and_ends_it() {
        byte[] file = Arrays.copyOf(record(Written.logon(1)), 4_200);
        file[40] = (byte) 0x00;
        file[41] = (byte) 0x20; // a header of 8 KiB
        assertThat(Written.damage(file)).anyMatch(said -> said.contains("the file ends in it"));
    }

    @Test
    void whatever_is_done_to_a_file_reading_ends_and_stays_within_bounds() {
        long seed = Long.getLong("wanglou.fuzz.seed", System.nanoTime());
        System.out.println("evtx fuzz seed=" + seed);
        Random random = new Random(seed);
        byte[] good = good();
        int used = 4096 + 512 + 8_192;
        for (int i = 0; i < CASES; i++) {
            byte[] file = good.clone();
            int changes = 1 + random.nextInt(8);
            for (int k = 0; k < changes; k++) {
                int at = random.nextInt(4) == 0 ? random.nextInt(4096 + 512) : 4096 + 512 + random.nextInt(used - 4608);
                switch (random.nextInt(4)) {
                    case 0 -> file[at] = (byte) random.nextInt();
                    case 1 -> file[at] ^= (byte) (1 << random.nextInt(8));
                    case 2 -> Arrays.fill(file, at, at + random.nextInt(8), (byte) (random.nextBoolean() ? 0xff : 0));
                    default -> System.arraycopy(good, 4608 + random.nextInt(4_000), file, at, random.nextInt(64));
                }
            }
            List<Piece> pieces;
            try {
                pieces =
                        Written.read(random.nextInt(20) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + " case " + i, e);
            }
            long chars = 0;
            for (Piece piece : pieces) {
                chars += piece instanceof Piece.Message message ? message.bytes().length : 0;
            }
            assertThat(pieces.size()).as("seed " + seed + " case " + i).isLessThan(5_000);
            assertThat(chars).as("seed " + seed + " case " + i).isLessThan(64L << 20);
        }
    }
}
