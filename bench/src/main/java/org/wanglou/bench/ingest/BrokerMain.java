package org.wanglou.bench.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.wanglou.bus.embedded.EmbeddedBroker;

/**
 * The embedded broker alone, for clients in other processes: on loopback without authentication, which no other use of it
 * allows. Argument: a directory. Prints {@code port <n>} and stops at the end of its input.
 */
public final class BrokerMain {
    private static final Map<String, String> OPEN = Map.of(
            "listener.security.protocol.map",
            "CLIENT:PLAINTEXT,CONTROLLER:SASL_PLAINTEXT",
            "super.users",
            "User:wanglou;User:ANONYMOUS");

    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        try (EmbeddedBroker broker =
                EmbeddedBroker.start(Path.of(arguments[0]), Duration.ofSeconds(90), System.err::println, OPEN)) {
            System.out.println("port " + broker.port());
            while (System.in.read() >= 0) {
                continue;
            }
        }
        System.exit(0);
    }
}
