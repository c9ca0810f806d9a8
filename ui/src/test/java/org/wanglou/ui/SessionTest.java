package org.wanglou.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.wanglou.store.accounts.Totp;
import org.wanglou.store.cases.CaseDatabase.EntryQuery;
import org.wanglou.ui.Browser.Answer;

class SessionTest extends ConsoleContext {
    @Override
    boolean demo() {
        return false;
    }

    private Browser withPassword(String account) {
        Browser browser = as(account);
        browser.put("/me/password", "{\"password\":\"" + PASSWORD + "\"}").is(204);
        return browser;
    }

    @Test
    void an_account_without_a_password_enters_by_link_and_must_set_one_first() {
        Browser browser = new Browser(console);
        Answer entered = browser.enter(console.oneTimeLink("op")).is(200);
        assertThat(entered.json().path("mustSetPassword").asBoolean()).isTrue();
        assertThat(entered.json().path("account").path("organizationName").asText())
                .isEqualTo("示例省教育厅");
        assertThat(browser.get("/me").is(200).json().path("permissions")).hasSize(9);
        assertThat(browser.get("/cases").is(403).slug()).isEqualTo("set-password-first");
        assertThat(browser.put("/me/locale", "{\"locale\":\"en\"}").is(403).slug())
                .isEqualTo("set-password-first");

        browser.put("/me/password", "{\"password\":\"short\"}").is(422);
        browser.put("/me/password", "{\"password\":\"" + PASSWORD + "\"}").is(204);

        browser.get("/cases").is(200);
        assertThat(browser.get("/me").json().path("account").path("hasPassword").asBoolean())
                .isTrue();
    }

    @Test
    void a_link_is_used_once_and_only_within_half_an_hour() {
        String link = console.oneTimeLink("op");
        new Browser(console).enter(link).is(200);
        assertThat(new Browser(console).enter(link).is(401).slug()).isEqualTo("link-refused");

        String late = console.oneTimeLink("op");
        town.clock.forward(Duration.ofMinutes(31));
        new Browser(console).enter(late).is(401);
    }

    @Test
    void the_cookie_is_for_the_server_alone() {
        Answer entered = new Browser(console).enter(console.oneTimeLink("op"));
        assertThat(entered.header("Set-Cookie"))
                .startsWith("wl=")
                .contains("HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContain("Domain");
    }

    @Test
    void every_refusal_of_a_sign_in_reads_the_same() {
        withPassword("op");
        withPassword("city");
        town.access.accounts().setDisabled("city", true);

        Set<String> texts = java.util.stream.Stream.of(
                        new Browser(console).signIn("op", "wrong password 1"),
                        new Browser(console).signIn("nobody", PASSWORD),
                        new Browser(console).signIn("city", PASSWORD),
                        new Browser(console).signIn("othercity", PASSWORD))
                .map(answer -> answer.is(401).text())
                .collect(Collectors.toSet());

        assertThat(texts).hasSize(1);
        assertThat(texts.iterator().next()).doesNotContain("op", "nobody");
        assertThat(new Browser(console).signIn("op", PASSWORD).is(200).json().has("csrf"))
                .isTrue();
    }

    @Test
    void five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour() {
        withPassword("op");
        for (int i = 0; i < 5; i++) {
            new Browser(console).signIn("op", "wrong password " + i).is(401);
        }
        new Browser(console).signIn("op", PASSWORD).is(401);

        town.clock.forward(Duration.ofMinutes(16));
        new Browser(console).signIn("op", PASSWORD).is(200);
    }

    @Test
    void one_address_cannot_try_for_ever() {
        int tries = 0;
        while (new Browser(console).signIn("nobody" + tries, PASSWORD).status() == 401 && tries < 100) {
            tries++;
        }
        assertThat(tries).isBetween(10, 40);
        assertThat(new Browser(console).signIn("nobody", PASSWORD).is(429).header("Retry-After"))
                .isNotEmpty();
        town.clock.forward(Duration.ofSeconds(10));
        new Browser(console).signIn("nobody", PASSWORD).is(401);
    }

    @Test
    void failed_sign_ins_are_sealed_without_the_name_that_was_typed() {
        new Browser(console).signIn("my-secret-typed-here", "x").is(401);
        new Browser(console).signIn("op", "x").is(401);

        var entries = town.database.transaction(
                tx -> tx.entries(new EntryQuery("login.failed", "", java.util.List.of(), Long.MAX_VALUE, 10)));
        assertThat(entries).extracting(entry -> entry.objectId()).containsExactly("op", "unknown");
        assertThat(entries).noneMatch(entry -> entry.objectJson().contains("my-secret"));
    }

    @Test
    void signing_in_and_out_is_sealed_and_the_session_ends_at_once() {
        Browser browser = withPassword("op");
        browser.post("/sign-out", "{}").is(204);
        assertThat(browser.get("/me").is(401).slug()).isEqualTo("not-signed-in");

        var types = town.database.transaction(tx -> tx.entriesOf("account", "op")).stream()
                .map(entry -> entry.type())
                .toList();
        assertThat(types).containsExactly("login", "account.password", "logout");
    }

    @Test
    void a_new_password_ends_the_other_sessions_and_keeps_this_one() {
        Browser first = withPassword("op");
        Browser second = new Browser(console);
        second.signIn("op", PASSWORD).is(200);

        second.put("/me/password", "{\"password\":\"another horse 43\"}").is(204);

        second.get("/me").is(200);
        first.get("/me").is(401);
    }

    @Test
    void an_idle_session_ends_and_live_updates_do_not_prolong_it() {
        Browser browser = withPassword("op");
        town.clock.forward(Duration.ofMinutes(14));
        browser.get("/me").is(200);
        town.clock.forward(Duration.ofMinutes(14));
        browser.get("/me").is(200);
        town.clock.forward(Duration.ofMinutes(16));
        browser.get("/me").is(401);
    }

    @Test
    void a_second_factor_is_asked_for_once_a_code_of_it_was_shown() {
        Browser browser = withPassword("op");
        String secret =
                browser.post("/me/totp", "{}").is(200).json().path("secret").asText();
        browser.put("/me/totp", "{\"secret\":\"" + secret + "\",\"code\":\"000000x\"}")
                .is(422);
        String code = Totp.code(secret, town.clock.millis());
        browser.put("/me/totp", "{\"secret\":\"" + secret + "\",\"code\":\"" + code + "\"}")
                .is(204);

        new Browser(console).signIn("op", PASSWORD).is(401);
        new Browser(console)
                .signIn("op", PASSWORD, Totp.code(secret, town.clock.millis()))
                .is(200);
    }

    @Test
    void a_change_needs_our_origin_and_the_token_of_the_session() {
        Browser browser = withPassword("op");
        String body = "{\"locale\":\"en\"}";
        assertThat(browser.put("/me/locale", body, "X-CSRF", "").is(403).slug()).isEqualTo("csrf");
        assertThat(browser.put("/me/locale", body, "X-CSRF", "x").is(403).slug())
                .isEqualTo("csrf");
        assertThat(browser.put("/me/locale", body, "Origin", "https://evil.example")
                        .is(403)
                        .slug())
                .isEqualTo("foreign-origin");
        assertThat(browser.put("/me/locale", body, "Origin", "null").is(403).slug())
                .isEqualTo("foreign-origin");
        assertThat(browser.put("/me/locale", body, "Origin", "", "X-CSRF", browser.csrf())
                        .is(403)
                        .slug())
                .isEqualTo("foreign-origin");
        assertThat(browser.put("/me/locale", body, "Sec-Fetch-Site", "cross-site")
                        .is(403)
                        .slug())
                .isEqualTo("foreign-origin");
        assertThat(browser.get("/me", "Sec-Fetch-Site", "cross-site").is(403).slug())
                .isEqualTo("foreign-origin");
        browser.put("/me/locale", body, "Origin", "", "Sec-Fetch-Site", "same-origin")
                .is(204);
        assertThat(browser.get("/nothing").is(404).json().path("title").asText())
                .isNotEmpty();
        assertThat(browser.get("/cases/none").is(404).json().path("title").asText())
                .isEqualTo("Not found");
    }

    @Test
    void signing_in_from_another_site_is_refused() {
        Browser browser = new Browser(console);
        Answer answer = browser.send(
                "POST",
                "/sign-in",
                Optional.of("{\"name\":\"op\",\"password\":\"x\"}"),
                "Origin",
                "https://evil.example");
        assertThat(answer.is(403).slug()).isEqualTo("foreign-origin");
    }

    @Test
    void the_first_start_makes_three_administrators_without_passwords_and_links_only_those_that_need_one() {
        withPassword("system");
        assertThat(console.firstStart()).extracting(Console.FirstLink::account).containsExactly("security", "audit");
        assertThat(town.access.accounts().account("operator")).isEmpty();
    }
}
