package org.wanglou.sensors.format.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClockTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static long utc(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    @Test
    void a_random_local_time_is_what_java_time_says_in_zones_with_and_without_summer_time() {
        Random random = new Random(20261124);
        for (String name :
                new String[] {"Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC"}) {
            ZoneId zone = ZoneId.of(name);
            for (int i = 0; i < 2000; i++) {
                LocalDateTime local = LocalDateTime.ofEpochSecond(random.nextInt(Integer.MAX_VALUE), 0, ZoneOffset.UTC);
                assertThat(Clock.iso(local.toString().length() == 16 ? local + ":00" : local.toString(), zone))
                        .as("%s in %s, seed 20261124", local, name)
                        .isEqualTo(local.atZone(zone).toInstant().toEpochMilli());
            }
        }
    }

    @Test
    void the_ways_of_writing_a_time_agree() {
        long time = utc("2026-11-24T01:59:58.123Z");
        assertThat(Clock.iso("2026-11-24T09:59:58.123456+08:00", ZoneOffset.UTC))
                .isEqualTo(time);
        assertThat(Clock.iso("2026-11-24 09:59:58,123 +0800", ZoneOffset.UTC)).isEqualTo(time);
        assertThat(Clock.iso("2026/11/24 09:59:58.123", SHANGHAI)).isEqualTo(time);
        assertThat(Clock.iso("2026-11-24 02:59:58.123 CET", SHANGHAI)).isEqualTo(time);
        assertThat(Clock.iso("2026-11-24 09:59:58.123 CST", SHANGHAI)).isEqualTo(time);
        assertThat(Clock.ctime("Tue Nov 24 09:59:58.123456 2026", SHANGHAI)).isEqualTo(time);
        assertThat(Clock.access("24/Nov/2026:09:59:58 +0800", ZoneOffset.UTC)).isEqualTo(time - 123);
        assertThat(Clock.epoch("1795485598.123")).isEqualTo(time);
        assertThat(Clock.epoch("1795485598123456")).isEqualTo(time);
    }

    @Test
    void what_is_no_time_is_none_and_nothing_throws() {
        for (String text : new String[] {
            "",
            "2026-02-30T00:00:00Z",
            "2026-11-24T25:00:00Z",
            "24/Foo/2026:09:59:58 +0800",
            "nothing at all here",
            "2026-11-24T09:59:58+",
            "2026-11-24T09:59:58+99:99",
            "Tue Nov",
            "-1",
            "99999999999999999999"
        }) {
            assertThat(Clock.any(text, SHANGHAI)).as(text).isEqualTo(Clock.NONE);
        }
    }

    @Test
    void of_the_years_around_receipt_the_nearest_counts() {
        long afterMidnight = utc("2026-12-31T16:00:05Z");
        assertThat(Clock.withoutYear(12, 31, 86_399_000, SHANGHAI, afterMidnight))
                .isEqualTo(utc("2026-12-31T15:59:59Z"));
        assertThat(Clock.withoutYear(2, 29, 0, SHANGHAI, utc("2026-03-01T00:00:00Z")))
                .isEqualTo(Clock.NONE);
        assertThat(Clock.withoutYear(2, 29, 0, SHANGHAI, utc("2028-03-01T00:00:00Z")))
                .isEqualTo(utc("2028-02-28T16:00:00Z"));
    }
}
