package org.wanglou.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.model.judgement.CategoryRow;
import org.wanglou.store.accounts.PasswordHash;
import org.wanglou.ui.Console;
import org.wanglou.ui.ConsoleConfig;
import org.wanglou.ui.ConsoleParts;
import org.wanglou.ui.http.LocalCertificate;
import org.wanglou.ui.session.Access;

/** Builds the console over a tower: https with a certificate of its own in earnest, http on loopback in the demo. */
final class TowerConsole {
    private static final Logger LOG = LoggerFactory.getLogger(TowerConsole.class);
    private static final String CERTIFICATE = "console.p12";

    private TowerConsole() {}

    /** The demo's: http on a free port of 127.0.0.1, accounts without passwords. */
    static Console demo(Tower tower, DataDirectory data) {
        return new Console(
                ConsoleConfig.demo(0, tower.settings().node(), Main.VERSION),
                parts(tower, data),
                tower.clock(),
                tower.meters());
    }

    /** The console of {@code run}, on the configured address. */
    static Console run(Tower tower, DataDirectory data, InetSocketAddress bind) throws IOException {
        String host = bind.getHostString();
        Set<String> names = new HashSet<>(Set.of("localhost", host));
        names.add(InetAddress.getLocalHost().getHostName());
        names.remove("0.0.0.0");
        names.remove("::");
        LocalCertificate certificate = certificate(tower, data, names);
        LOG.info("console certificate fingerprint={}", certificate.fingerprint());
        Optional<SSLContext> tls = Optional.of(certificate.sslContext());
        return new Console(
                new ConsoleConfig(
                        host,
                        bind.getPort(),
                        tls,
                        names,
                        "",
                        false,
                        tower.settings().node(),
                        Main.VERSION),
                parts(tower, data),
                tower.clock(),
                tower.meters());
    }

    /** The one made at an earlier start while it is in force, otherwise a fresh one. */
    private static LocalCertificate certificate(Tower tower, DataDirectory data, Set<String> names) throws IOException {
        Path file = data.sub("keys").resolve(CERTIFICATE);
        char[] password = data.password();
        if (Files.exists(file)) {
            LocalCertificate kept = LocalCertificate.read(Files.readAllBytes(file), password);
            if (!kept.stale(tower.clock().instant())) {
                return kept;
            }
        }
        LocalCertificate made =
                LocalCertificate.make(names, password, tower.clock().instant());
        DataDirectory.write(file, made.pkcs12());
        return made;
    }

    private static ConsoleParts parts(Tower tower, DataDirectory data) {
        return new ConsoleParts(
                tower.cases(),
                Access.of(tower.cases().dataSource(), PasswordHash.STRONG, tower.clock()),
                tower.desk(),
                tower.index(),
                tower.ledger(),
                data.sub("ledger"),
                tower.keys().publicKey("ledger"),
                tower.snapshots(),
                new TowerHealth(tower, data.root(), Memory::residentBytes),
                Optional.of(new TowerReports(tower, tower.clock())),
                tower.playbooks()::journal,
                () -> tower.tables().categories().stream()
                        .map(CategoryRow::category)
                        .toList(),
                () -> tower.settings().packs());
    }
}
