package org.wanglou.store.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;

class RetentionTest {
    @TempDir
    Path directory;

    @Test
    void fewer_days_than_six_calendar_months_are_refused_with_the_clause() {
        try (EventIndex index = LuceneIndex.open(directory)) {
            assertThatThrownBy(() -> new Retention(index, 183, Clock.systemUTC(), new Meters()))
                    .hasMessageContaining("网络安全法 第二十三条")
                    .hasMessageContaining("184");
        }
    }

    @Test
    void whatever_the_day_of_the_year_six_calendar_months_are_kept() {
        ZoneId zone = ZoneId.of("Asia/Shanghai");
        try (EventIndex index = LuceneIndex.open(directory)) {
            for (LocalDate day = LocalDate.of(2027, 1, 1); day.getYear() < 2029; day = day.plusDays(1)) {
                Instant now = day.atTime(12, 0).atZone(zone).toInstant();
                try (Retention retention = new Retention(index, 184, Clock.fixed(now, ZoneOffset.UTC), new Meters())) {
                    assertThat(retention.cutoff())
                            .isBeforeOrEqualTo(now.atZone(zone).minusMonths(6).toInstant());
                }
            }
        }
    }

    @Test
    void older_events_go_and_are_counted_and_the_rest_stays() {
        Instant now = Instant.parse("2026-11-24T04:00:00Z");
        Meters meters = new Meters();
        try (EventIndex index = LuceneIndex.open(directory);
                Retention retention =
                        new Retention(index, Retention.DEFAULT_DAYS, Clock.fixed(now, ZoneOffset.UTC), meters)) {
            index.append(
                    List.of(at(1, now.minus(Duration.ofDays(191))), at(2, now.minus(Duration.ofDays(189)))), Map.of());
            assertThat(retention.run()).isEqualTo(1);
            assertThat(retention.run()).isZero();
            assertThat(index.get(EventSamples.id(1))).isEmpty();
            assertThat(index.get(EventSamples.id(2))).isPresent();
            assertThat(meters.total("wanglou_store_expired_total")).isEqualTo(1);
        }
    }

    private static Event at(long number, Instant time) {
        return EventSamples.login(number, "10.0.0.1", "u", "failure", "o").toBuilder()
                .set(Ecs.TIMESTAMP, time.toEpochMilli())
                .build();
    }
}
