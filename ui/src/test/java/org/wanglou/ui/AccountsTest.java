package org.wanglou.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wanglou.ui.api.HealthSource.Flow;

class AccountsTest extends ConsoleContext {
    private static String account(String name, String role, String organization) {
        return "{\"name\":\"" + name + "\",\"displayName\":\"张三\",\"role\":\"" + role + "\",\"organization\":\""
                + organization + "\",\"locale\":\"zh-CN\"}";
    }

    @Test
    void an_account_is_made_entered_by_link_and_shut() {
        Browser system = as("system");
        system.post("/accounts", account("zhangsan", "operator", Town.SCHOOL)).is(201);
        assertThat(system.post("/accounts", account("zhangsan", "operator", Town.SCHOOL))
                        .is(409)
                        .slug())
                .isEqualTo("taken");
        JsonNode link = system.post("/accounts/zhangsan/link", "{}").is(200).json();
        assertThat(link.path("link").asText()).startsWith(console.url() + "/enter#");
        Browser zhangsan = new Browser(console);
        zhangsan.enter(link.path("link").asText()).is(200);
        zhangsan.get("/cases").is(200);

        system.put("/accounts/zhangsan/disabled", "{\"disabled\":true}").is(200);
        zhangsan.get("/me").is(401);
        assertThat(entries("account", "zhangsan"))
                .extracting(entry -> entry.type())
                .containsExactly("account.create", "account.link", "login", "account.disable");
        assertThat(entries("account", "zhangsan").toString())
                .doesNotContain(link.path("link").asText().substring(40));
    }

    @Test
    void what_is_wrong_with_an_account_is_named() {
        Browser system = as("system");
        for (Map.Entry<String, String> wrong : Map.of(
                        account("Zhang", "operator", ""), "/name",
                        account("machine", "operator", ""), "/name",
                        account("zhang", "root", ""), "/role",
                        account("zhang", "operator", "9999"), "/organization")
                .entrySet()) {
            assertThat(system.post("/accounts", wrong.getKey()).is(422).text()).contains(wrong.getValue());
        }
    }

    @Test
    void nobody_shuts_out_himself_or_the_last_of_a_role() {
        Browser system = as("system");
        assertThat(system.put("/accounts/system/disabled", "{\"disabled\":true}")
                        .is(409)
                        .slug())
                .isEqualTo("last-administrator");
        system.put("/accounts/audit/disabled", "{\"disabled\":true}").is(409);
        system.put("/accounts/op/disabled", "{\"disabled\":true}").is(200);
        system.put("/accounts/nobody/disabled", "{\"disabled\":true}").is(404);
    }

    @Test
    void health_shows_the_identities_and_whether_they_hold() {
        town.opened("inc-1", Town.SCHOOL, "口令猜测");
        town.sealed();
        JsonNode health = as("op").get("/health").is(200).json();
        assertThat(health.path("state").asText()).isEqualTo("warn");
        assertThat(health.path("identities")).hasSize(3).allMatch(identity -> identity.path("holds")
                .asBoolean());
        assertThat(health.path("pipeline").path("cases").asLong()).isEqualTo(1);
        assertThat(health.path("pipeline").path("incidents").asLong()).isEqualTo(1);
        assertThat(health.path("ledger").path("check").asText()).isEqualTo("ok");
        assertThat(health.path("crypto").path("certified").asBoolean(true)).isFalse();
        assertThat(health.path("latency").path("p50").asDouble()).isEqualTo(180);

        town.health.flow = new Flow(10, 9, 0, 9, 9, 0, 0);
        town.clock.forward(java.time.Duration.ofSeconds(2));
        JsonNode wrong = as("op").get("/health").json().path("identities").path(0);
        assertThat(wrong.path("holds").asBoolean()).isFalse();
        assertThat(wrong.path("difference").asLong()).isEqualTo(1);

        town.health.ready = false;
        assertThat(new Browser(console).get("/healthz").is(503).text()).isEqualTo("not ready");
    }
}
