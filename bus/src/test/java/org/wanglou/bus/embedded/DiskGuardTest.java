package org.wanglou.bus.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.model.Meters;

class DiskGuardTest {
    @TempDir
    Path directory;

    private final List<String> did = new ArrayList<>();

    private final DiskGuard.Actions actions = new DiskGuard.Actions() {
        @Override
        public void pauseInput(String reason) {
            did.add("pause");
        }

        @Override
        public void resumeInput() {
            did.add("resume");
        }

        @Override
        public void stopAll(String reason) {
            did.add("stop");
        }
    };

    @Test
    void plenty_of_space_does_nothing() throws Exception {
        try (DiskGuard guard = new DiskGuard(List.of(directory), 1, 1, actions, new Meters())) {
            guard.look();
            assertThat(did).isEmpty();
            assertThat(guard.usableBytes()).isPositive().isLessThan(Long.MAX_VALUE);
        }
    }

    @Test
    void low_space_pauses_input_once() throws Exception {
        try (DiskGuard guard = new DiskGuard(List.of(directory), Long.MAX_VALUE / 4, 1, actions, new Meters())) {
            guard.look();
            guard.look();
            assertThat(did).containsExactly("pause");
        }
    }

    @Test
    void nearly_no_space_stops_everything_once() throws Exception {
        try (DiskGuard guard =
                new DiskGuard(List.of(directory), Long.MAX_VALUE / 4, Long.MAX_VALUE / 4, actions, new Meters())) {
            guard.look();
            guard.look();
            assertThat(did).startsWith("stop");
            assertThat(did.stream().filter("stop"::equals)).hasSize(1);
        }
    }
}
