package org.wanglou.sensors.listen;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.sensors.listen.file.FileTail;

class FileListenerTest extends ListenerContract {
    @TempDir
    Path folder;

    private int files;

    @Override
    Listener listener(InetSocketAddress bind) {
        files++;
        return new FileTail(
                "f" + files,
                folder.resolve("log" + files).toString(),
                folder.resolve("state"),
                this::take,
                RateLimit.none(),
                new LongAdder(),
                Clock.systemUTC());
    }

    @Override
    void send(Listener to, List<byte[]> lines) throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            text.write(line);
            text.write('\n');
        }
        Files.write(
                folder.resolve("log" + files),
                text.toByteArray(),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    @Override
    int limit() {
        return 64 << 10;
    }

    @Override
    boolean waits() {
        return true;
    }

    @Override
    boolean bound() {
        return false;
    }
}
