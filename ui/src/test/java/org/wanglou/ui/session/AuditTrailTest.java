package org.wanglou.ui.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.model.Meters;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.EntryQuery;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;
import org.wanglou.store.cases.CaseDatabases;

class AuditTrailTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-24T04:00:30Z"), ZoneOffset.UTC);

    @Test
    void a_flood_of_failed_sign_ins_is_counted_and_only_its_beginning_is_sealed(@TempDir Path folder) {
        Meters meters = new Meters();
        try (CaseDatabase database = CaseDatabases.embedded(folder)) {
            AuditTrail trail = new AuditTrail(database, NOON, meters);
            for (int i = 0; i < 50; i++) {
                trail.failed("unknown", "", "203.0.113.9");
            }
            List<OwedEntry> sealed = database.transaction(
                    tx -> tx.entries(new EntryQuery("login.failed", "", List.of(), Long.MAX_VALUE, 100)));
            assertThat(sealed).hasSize(AuditTrail.FAILED_A_MINUTE);
            assertThat(meters.total("wanglou_ui_sign_in_failed_total")).isEqualTo(50);
        }
    }

    @Test
    void an_address_gets_its_tries_back_one_by_one() {
        Instant[] now = {NOON.instant()};
        SignInLimit limit = new SignInLimit(new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        });
        for (int i = 0; i < SignInLimit.BURST; i++) {
            assertThat(limit.take("a")).isTrue();
        }
        assertThat(limit.take("a")).isFalse();
        assertThat(limit.take("b")).isTrue();
        now[0] = now[0].plus(Duration.ofMillis(SignInLimit.REFILL_MILLIS));
        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isFalse();
    }
}
