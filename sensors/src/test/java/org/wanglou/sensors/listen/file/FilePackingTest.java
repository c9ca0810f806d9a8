package org.wanglou.sensors.listen.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Rotated logs in every packing that is read. */
class FilePackingTest extends TailedFolder {
    private static final List<String> PACKINGS = List.of(".gz", ".bz2", ".xz", ".zst");

    private static byte[] packed(String suffix, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out =
                switch (suffix) {
                    case ".bz2" -> new BZip2CompressorOutputStream(bytes);
                    case ".xz" -> new XZOutputStream(bytes, new LZMA2Options(0));
                    case ".zst" -> new ZstdOutputStreamNoFinalizer(bytes);
                    default -> new GZIPOutputStream(bytes);
                }) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String lines(String suffix, int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("line ")
                    .append(i)
                    .append(" of a log that was rotated and packed ")
                    .append(suffix)
                    .append("\n");
        }
        return lines.toString();
    }

    @Test
    void a_log_that_is_rotated_and_packed_is_read_on_after_a_restart_under_the_same_ids() throws Exception {
        for (String suffix : PACKINGS) {
            frames.clear();
            Path file = log("app" + suffix.substring(1) + ".log");
            append(file, lines(suffix, 0, 500));
            FileTail before = tail(file.toString());
            poll(before);
            before.close();
            List<String> ids = new ArrayList<>(origins());
            append(file, lines(suffix, 500, 900));
            byte[] all = Files.readAllBytes(file);
            Files.delete(file);
            Files.write(
                    file.resolveSibling(file.getFileName() + ".1" + suffix),
                    packed(suffix, new String(all, StandardCharsets.UTF_8)));
            append(file, "the next " + suffix + "\n");
            FileTail after = tail(file.toString());
            poll(after);
            after.close();
            assertThat(texts())
                    .as(suffix)
                    .hasSize(901)
                    .contains("the next " + suffix, "line 899 of a log that was rotated and packed " + suffix);
            assertThat(new HashSet<>(origins())).hasSize(901);
            assertThat(origins().subList(0, 500)).isEqualTo(ids);
        }
    }

    @Test
    void members_one_after_another_are_one_file_and_one_that_is_damaged_gives_what_is_whole() throws Exception {
        for (String suffix : PACKINGS) {
            frames.clear();
            Path directory = Files.createDirectories(folder.resolve("packed" + suffix.substring(1)));
            FileTail tail = tail(directory + "/*");
            poll(tail);
            ByteArrayOutputStream two = new ByteArrayOutputStream();
            two.writeBytes(packed(suffix, lines(suffix, 0, 10)));
            two.writeBytes(packed(suffix, lines(suffix, 10, 20)));
            Files.write(directory.resolve("two.log" + suffix), two.toByteArray());
            byte[] whole = packed(suffix, lines(suffix, 100, 30_000));
            Files.write(directory.resolve("cut.log" + suffix), Arrays.copyOf(whole, whole.length / 2));
            Files.writeString(directory.resolve("none.log" + suffix), "this is no packed file at all\n");
            poll(tail);
            clock.now += 60_000;
            poll(tail);
            assertThat(texts()).as(suffix).contains("line 0 of a log that was rotated and packed " + suffix);
            assertThat(texts()).as(suffix).contains("line 19 of a log that was rotated and packed " + suffix);
            assertThat(texts()).noneMatch(line -> line.startsWith("this is"));
            tail.close();
        }
    }

    @Test
    void a_packing_that_asks_for_more_memory_than_it_may_have_is_no_file_to_read() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LZMA2Options options = new LZMA2Options(0);
        options.setDictSize(512 << 20);
        try (OutputStream out = new XZOutputStream(bytes, xzHeaderOnly(options))) {
            out.write("small\n".getBytes(StandardCharsets.UTF_8));
        }
        Path file = log("bomb.log.1.xz");
        Files.write(file, bytes.toByteArray());
        append(log("bomb.log"), "one\n");
        FileTail tail = tail(log("bomb.log").toString());
        poll(tail);
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(clock.now - 60_000));
        poll(tail);
        assertThat(texts()).containsExactly("one");
    }

    /** The encoder needs little memory where it looks for no matches. */
    private static LZMA2Options xzHeaderOnly(LZMA2Options options) throws IOException {
        options.setMode(LZMA2Options.MODE_UNCOMPRESSED);
        return options;
    }
}
