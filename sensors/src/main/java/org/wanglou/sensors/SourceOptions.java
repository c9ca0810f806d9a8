package org.wanglou.sensors;

import java.nio.charset.Charset;
import java.util.Optional;
import org.wanglou.sensors.listen.TlsServer;
import org.wanglou.sensors.listen.kafka.KafkaInput;

/**
 * What few sources need. Immutable.
 *
 * @param path file, directory (an absolute or relative path) or pattern such as {@code /var/log/nginx/*.log} of a file
 *     source; empty otherwise
 * @param charset of text that says none; empty: UTF-8, and GB18030 where the bytes are no UTF-8
 * @param perSecond frames a second at most, 0 for no limit: datagrams above it are dropped and counted, all other
 *     senders wait
 * @param tls TLS of a source that senders connect to; empty: in the clear
 * @param exit whether the source reports on the units below its own, as the firewall at a county's exit does
 * @param intake who may send, how much, in whose name, and how lines are joined
 * @param kafka the cluster of a Kafka source; empty otherwise
 */
public record SourceOptions(
        String path,
        Optional<Charset> charset,
        double perSecond,
        Optional<TlsServer> tls,
        boolean exit,
        Intake intake,
        Optional<KafkaInput> kafka) {
    public static final SourceOptions NONE =
            new SourceOptions("", Optional.empty(), 0, Optional.empty(), false, Intake.OPEN, Optional.empty());

    public SourceOptions {
        if (perSecond < 0 || perSecond > 0 && perSecond < 1) {
            throw new IllegalArgumentException("a rate limit is 1 a second or more, or 0 for none; is " + perSecond);
        }
    }

    SourceOptions at(String place) {
        return new SourceOptions(place, charset, perSecond, tls, exit, intake, kafka);
    }

    SourceOptions in(Charset named) {
        return new SourceOptions(path, Optional.of(named), perSecond, tls, exit, intake, kafka);
    }

    SourceOptions limited(double most) {
        return new SourceOptions(path, charset, most, tls, exit, intake, kafka);
    }

    SourceOptions over(TlsServer server) {
        return new SourceOptions(path, charset, perSecond, Optional.of(server), exit, intake, kafka);
    }

    SourceOptions asExit() {
        return new SourceOptions(path, charset, perSecond, tls, true, intake, kafka);
    }

    SourceOptions taking(Intake rules) {
        return new SourceOptions(path, charset, perSecond, tls, exit, rules, kafka);
    }

    SourceOptions of(KafkaInput cluster) {
        return new SourceOptions(path, charset, perSecond, tls, exit, intake, Optional.of(cluster));
    }
}
