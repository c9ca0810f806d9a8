package org.wanglou.correlator.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.wanglou.correlator.windows.KeyedWindows;
import org.wanglou.correlator.windows.Limits;
import org.wanglou.correlator.windows.Samples;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Meters;
import org.wanglou.rules.sigma.CorrelationRule;
import org.wanglou.rules.sigma.Op;

class RoutesTest {
    private static final Duration SPAN = Duration.ofMinutes(5);
    private static final CorrelationRule TWENTY = Samples.counting("twenty", Op.GTE, 20, SPAN);
    private static final CorrelationRule USERS = Samples.distinct("users", Op.GTE, 5, SPAN, "user.name");

    @Test
    void a_route_is_the_digest_of_rules_group_by_and_span() {
        Route route = new Routes(List.of(TWENTY), Set.of()).from("failed").get(0);
        byte[] expected = Sm3.digest("{\"groupBy\":[\"source.ip\"],\"rules\":[\"failed\"],\"span\":300000}"
                .getBytes(StandardCharsets.UTF_8));
        assertThat(route.id()).isEqualTo(Arrays.copyOf(expected, 16));
        byte[] key = route.key(
                route.keyText("failed", Map.of("source.ip", "203.0.113.7")).orElseThrow());
        assertThat(Arrays.copyOf(key, 16)).isEqualTo(route.id());
        assertThat(Arrays.copyOfRange(key, 16, 32))
                .isEqualTo(Arrays.copyOf(Sm3.digest("[\"203.0.113.7\"]".getBytes(StandardCharsets.UTF_8)), 16));
    }

    @Test
    void rules_that_ask_for_the_same_share_one_route_and_one_copy_of_each_signal() {
        Routes routes = new Routes(List.of(TWENTY, USERS), Set.of());
        assertThat(routes.from("failed")).hasSize(1);
        assertThat(routes.from("failed").get(0).rules()).containsExactly(TWENTY, USERS);
        assertThat(routes.fieldsNeeded("failed")).containsExactly("source.ip", "user.name");
    }

    @Test
    void a_referred_rule_is_quiet_unless_it_generates() {
        assertThat(new Routes(List.of(TWENTY), Set.of()).toStories("failed")).isFalse();
        assertThat(new Routes(List.of(TWENTY), Set.of("failed")).toStories("failed"))
                .isTrue();
        assertThat(new Routes(List.of(TWENTY), Set.of()).toStories("other")).isTrue();
    }

    @Test
    void what_lacks_a_group_by_field_has_no_window() {
        Route route = new Routes(List.of(TWENTY), Set.of()).from("failed").get(0);
        assertThat(route.keyText("failed", Map.of("user.name", "root"))).isEmpty();
    }

    @Test
    void after_a_swap_windows_of_a_rule_that_is_gone_are_led_to_their_end_and_new_rules_start() {
        Routes old = new Routes(List.of(Samples.counting("two", Op.GTE, 2, SPAN)), Set.of());
        Routes next = new Routes(List.of(Samples.counting("three", Op.GTE, 3, Duration.ofMinutes(1))), Set.of());
        KeyedWindows windows = new KeyedWindows(old, Limits.DEFAULT, new Meters());
        Route before = old.from("failed").get(0);
        Route after = next.from("failed").get(0);
        byte[] oldKey = before.key("[\"a\"]");
        byte[] newKey = after.key("[\"a\"]");
        windows.accept(oldKey, Samples.failed("1", 1000, "a", "x"));
        windows.accept(oldKey, Samples.failed("2", 1001, "a", "x"));

        assertThat(windows.swap(next.over(old), outcome -> {})).isEmpty();

        assertThat(windows.accept(newKey, Samples.failed("3", 1002, "a", "x")).rows())
                .isNotEmpty();
        java.util.ArrayList<String> settled = new java.util.ArrayList<>();
        windows.advance(
                org.wanglou.model.Tick.END, outcome -> outcome.hits().forEach(hit -> settled.add(hit.ruleId())));
        assertThat(settled).containsExactly("two");
    }
}
