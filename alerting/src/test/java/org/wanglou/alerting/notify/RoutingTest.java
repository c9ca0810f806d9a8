package org.wanglou.alerting.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wanglou.alerting.Given;
import org.wanglou.model.Grade.Value;
import org.wanglou.model.Incident;
import org.wanglou.model.Level;

class RoutingTest {
    private static Route route(String name, Level minimum, String... organizations) {
        return new Route(name, "webhook", "https://x.example/", List.of(organizations), minimum, Given.SECRET);
    }

    @Test
    void a_route_hears_of_its_subtree_from_its_level_on() {
        Routing routing = new Routing(
                List.of(
                        route("all", Level.LOW),
                        route("city", Level.LOW, "3701"),
                        route("other", Level.LOW, "3702"),
                        route("school", Level.HIGH, Given.SCHOOL),
                        route("grave", Level.CRITICAL)),
                Given.PROVINCE);
        Incident high = Given.incident("a", 1, Incident.Status.OPEN, Level.HIGH, Value.GENERAL, Value.GENERAL);
        assertThat(routing.routesFor(high)).extracting(Route::name).containsExactly("all", "city", "school");
        assertThat(routing.routesFor(Given.incident("b")))
                .extracting(Route::name)
                .containsExactly("all", "city");
    }

    @Test
    void a_secret_is_never_printed_and_a_name_never_carries_a_line_break() {
        assertThat(route("r", Level.LOW).toString()).contains("***").doesNotContain("0123456789");
        assertThat(Secret.parse(Given.SECRET.reveal())).isEqualTo(Given.SECRET);
        assertThatThrownBy(() -> Secret.parse("whsec_short")).hasMessageContaining("24 to 64");
        assertThatThrownBy(() -> Secret.parse("secret")).hasMessageContaining("whsec_");
        assertThatThrownBy(() -> route("a\r\nX: y", Level.LOW)).hasMessageContaining("route name");
        assertThatThrownBy(() -> new Routing(List.of(route("a", Level.LOW), route("a", Level.LOW)), Given.PROVINCE))
                .hasMessageContaining("two notification routes");
    }
}
