package org.wanglou.ui;

import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.wanglou.alerting.cases.CaseDesk;
import org.wanglou.alerting.playbook.Journal;
import org.wanglou.model.Category;
import org.wanglou.model.Snapshots;
import org.wanglou.rules.Pack;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.events.EventIndex;
import org.wanglou.store.ledger.Ledger;
import org.wanglou.ui.api.HealthSource;
import org.wanglou.ui.api.ReportSource;
import org.wanglou.ui.session.Access;

/**
 * What the console shows and acts upon. All parts are thread-safe and outlive the console.
 *
 * @param cases cases, messages, deadlines, entries owed, change feed
 * @param access accounts, sessions and one-time links; {@link Access#of}
 * @param desk where decisions are made
 * @param events the archive
 * @param ledger open for its writer; the console reads it
 * @param ledgerDirectory where that ledger lies
 * @param ledgerKey the public key its heads are signed with
 * @param snapshots organisations and assets in force
 * @param health how the instance is
 * @param reports absent until reports are wired: their paths then answer 404
 * @param journals how far a case's playbook has come, by case id
 * @param categories the table of categories in force
 * @param packs the rule packs in force
 */
public record ConsoleParts(
        CaseDatabase cases,
        Access access,
        CaseDesk desk,
        EventIndex events,
        Ledger ledger,
        Path ledgerDirectory,
        PublicKey ledgerKey,
        Snapshots snapshots,
        HealthSource health,
        Optional<ReportSource> reports,
        Function<String, Optional<Journal>> journals,
        Supplier<List<Category>> categories,
        Supplier<List<Pack>> packs) {}
