package org.wanglou.correlator;

import static org.wanglou.correlator.SwitchProof.NEW;
import static org.wanglou.correlator.SwitchProof.OLD;
import static org.wanglou.correlator.SwitchProof.detectors;
import static org.wanglou.correlator.SwitchProof.knowledge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.wanglou.bus.Topic;
import org.wanglou.bus.embedded.StartupFence;
import org.wanglou.correlator.reference.FolderSnapshots;
import org.wanglou.model.Meters;

/** A process of its own: {@code run} works and swaps until it is killed, {@code prove} starts again and checks. */
public final class KilledAtSwitch {
    static final String SWAPPING = "SWAPPING";
    static final String PROVEN = "PROVEN";

    private KilledAtSwitch() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        Broker broker = new Broker(directory.resolve("broker"));
        try (Admin admin = Admin.create(broker.bus.clientProperties())) {
            StartupFence.clear(admin, Correlator.applicationIds(), Duration.ofSeconds(20));
        }
        Correlator correlator = new Correlator(
                broker.bus,
                CorrelatorConfig.embedded(directory.resolve("state"), "test", Broker.PARTITIONS),
                Fixed.school(3, 0),
                clear -> clear,
                new Meters());
        if (args[1].equals("run")) {
            run(broker, correlator);
        } else {
            prove(broker, correlator, directory);
        }
    }

    private static void run(Broker broker, Correlator correlator) throws InterruptedException {
        start(correlator, OLD);
        Thread load = new Thread(() -> {
            for (int i = 0; i < 5_000; i++) {
                send(broker, 10);
            }
        });
        load.start();
        Broker.await("some detected", () -> broker.told("t-old").size() > 300);
        System.out.println(SWAPPING);
        correlator.swap(() -> detectors(NEW), () -> knowledge(NEW));
        load.join();
    }

    private static void prove(Broker broker, Correlator correlator, Path directory) {
        start(correlator, NEW);
        send(broker, 200);
        Broker.await("all detected", () -> {
            int events = broker.places().size();
            return events > 500
                    && broker.told("t-old").size() >= events
                    && broker.told("t-new").size() >= 200;
        });
        FolderSnapshots snapshots =
                new FolderSnapshots(directory.resolve("state").resolve("snapshots"));
        int events = SwitchProof.verify(broker, snapshots, "t-new");
        System.out.println(
                PROVEN + " events=" + events + " new=" + broker.told("t-new").size() + " switches="
                        + broker.switches("detect").size());
        correlator.close();
        broker.close();
    }

    private static void start(Correlator correlator, Map<String, String> files) {
        correlator.start(detectors(files), () -> knowledge(files));
    }

    private static void send(Broker broker, int count) {
        for (int i = 0; i < count; i++) {
            String id = UUID.randomUUID().toString();
            broker.publish(Topic.EVENTS, i % Broker.PARTITIONS, DetectStageTest.failure(id, 1_795_000_000_000L));
        }
        broker.publisher.flush();
    }
}
