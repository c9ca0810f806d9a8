package org.wanglou.app;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.alerting.evidence.Seals;
import org.wanglou.alerting.evidence.Texts;
import org.wanglou.crypto.sm.Sm2Signer;
import org.wanglou.rules.packs.Bundle;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.Transaction;

/**
 * Seals which rules and which configuration are in force, when they are others than before: bundle 0 at the first start.
 *
 * <p>A bundle is signed with the node's {@code rules} key, kept as a snapshot under its digest and sealed as ledger entry
 * {@code rulebundle}; a change of settings is sealed as {@code config.change} with digests before and after, never with
 * the settings themselves. Thread-safe.
 */
final class KnowledgeSeal {
    private static final Logger LOG = LoggerFactory.getLogger(KnowledgeSeal.class);
    private static final String NUMBER = "rulebundle.number";
    private static final String DIGEST = "rulebundle.digest";
    private static final String CONFIG = "config.digest";
    private static final String CONFIG_REVISION = "config.revision";

    private final CaseDatabase cases;
    private final Sm2Signer signer;
    private final Clock clock;

    /** @param signer of the key {@code rules} */
    KnowledgeSeal(CaseDatabase cases, Sm2Signer signer, Clock clock) {
        this.cases = cases;
        this.signer = signer;
        this.clock = clock;
    }

    /**
     * Seals what has changed since the last call of any process on this database, in one transaction.
     *
     * @param cause {@code start} or {@code SIGHUP} or the like
     * @return number of the bundle in force
     */
    int record(Settings settings, String cause) {
        return cases.transaction(tx -> {
            long now = clock.millis();
            int number = bundle(tx, settings, now);
            config(tx, settings, cause, number, now);
            tx.feed("health", settings.node(), number, now);
            return number;
        });
    }

    private int bundle(Transaction tx, Settings settings, long now) {
        Optional<String> before = tx.setting(NUMBER);
        int number = before.map(Integer::parseInt).orElse(0);
        Bundle same = Bundle.of(number, settings.packs(), settings.tables());
        if (tx.setting(DIGEST).equals(Optional.of(same.digest()))) {
            return number;
        }
        int next = before.isEmpty() ? 0 : number + 1;
        Bundle bundle = Bundle.of(next, settings.packs(), settings.tables());
        String signed = bundle.sign(signer);
        tx.putSnapshot("rulebundle", bundle.digest(), signed.getBytes(StandardCharsets.UTF_8), now);
        tx.putSetting(NUMBER, Integer.toString(next));
        tx.putSetting(DIGEST, bundle.digest());
        tx.oweEntry("rulebundle", "rulebundle", settings.node(), next, "unassigned", Seals.MACHINE, now, signed, "");
        LOG.info(
                "rule bundle signed number={} digest={} packs={}",
                next,
                bundle.digest(),
                settings.packs().size());
        return next;
    }

    private static void config(Transaction tx, Settings settings, String cause, int bundle, long now) {
        String before = tx.setting(CONFIG).orElse("");
        String after = settings.digest();
        if (before.equals(after)) {
            return;
        }
        int revision = tx.setting(CONFIG_REVISION).map(Integer::parseInt).orElse(0) + 1;
        tx.putSetting(CONFIG, after);
        tx.putSetting(CONFIG_REVISION, Integer.toString(revision));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("node", settings.node());
        object.put("cause", cause);
        object.put("before", before);
        object.put("after", after);
        object.put("parts", settings.parts());
        object.put("bundle", bundle);
        object.put("at", now);
        tx.oweEntry(
                "config.change",
                "config",
                settings.node(),
                revision,
                "unassigned",
                Seals.MACHINE,
                now,
                Texts.canonical(object),
                "");
    }
}
