package org.wanglou.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Message;
import org.wanglou.store.accounts.Role;

/** Two cities, each with its own marks: nothing of the one may be in any answer to the other. */
class ScopeTest extends ConsoleContext {
    private static final String MARK = "onlyours";
    private static final String OTHER_MARK = "onlytheirs";

    @Test
    void no_answer_holds_anything_of_a_unit_that_is_not_seen() {
        Case ours = town.opened("inc-ours", Town.SCHOOL, "口令猜测 " + MARK);
        Case theirs = town.opened("inc-theirs", Town.OTHER_SCHOOL, "口令猜测 " + OTHER_MARK);
        Case nobodys = town.opened("inc-nobodys", "unassigned", "口令猜测 unassignedmark");
        Message message =
                town.database.transaction(tx -> tx.messagesOf(theirs.id())).get(0);
        String deadline = town.database.transaction(tx -> tx.deadlinesOf(theirs.id())).stream()
                .map(row -> row.id())
                .findFirst()
                .orElse("none");
        town.reports.make("period", Town.OTHER_CITY, 1, 2, "othercity");
        town.access.accounts().create("theiraudit", "审计乙", Role.AUDIT, Town.OTHER_CITY, "zh-CN");
        town.access.accounts().create("ouraudit", "审计甲", Role.AUDIT, Town.CITY, "zh-CN");
        town.access.accounts().create("oursystem", "系统甲", Role.SYSTEM, Town.CITY, "zh-CN");
        as("theiraudit").get("/ledger").is(200);
        town.sealed();

        Browser city = as("city");
        Browser audit = as("ouraudit");
        Browser system = as("oursystem");
        String id = theirs.id();
        String all = "{\"q\":\"\",\"from\":0,\"to\":9000000000000}";
        String act =
                "{\"text\":\"x\",\"reason\":\"x\",\"days\":0,\"state\":\"handling\",\"assignee\":\"\",\"scheme\":\"cac-2025\","
                        + "\"value\":\"major\",\"learnedAt\":1,\"learnedHow\":\"x\",\"channel\":\"x\",\"person\":\"x\",\"at\":1,"
                        + "\"kind\":\"period\",\"organization\":\"othertown\",\"from\":1,\"to\":2,\"disabled\":true}";
        List<Browser.Answer> answers = new ArrayList<>(List.of(
                city.get("/cases").is(200),
                city.get("/cases?q=" + OTHER_MARK).is(200),
                city.get("/cases?org=othertown").is(200),
                city.get("/cases?org=37").is(200),
                city.get("/cases?sort=grade&assignee=none").is(200),
                city.get("/cases?sort=due&open=true").is(200),
                city.get("/cases/" + id).is(404),
                city.get("/cases/" + nobodys.id()).is(404),
                city.get("/cases/" + id + "/events").is(404),
                city.get("/cases/" + id + "/proof").is(404),
                city.post("/cases/" + id + "/preview", act).is(404),
                city.get("/messages/" + message.id()).is(404),
                city.post("/messages/" + message.id() + "/retry", "{}").is(404),
                city.post("/events/search", all).is(200),
                city.post("/events/search", all.replace("\"\"", "\"not organization.id:3701\""))
                        .is(200),
                city.post("/events/histogram", all).is(200),
                city.post("/events/top", all.replace("}", ",\"field\":\"organization.id\"}"))
                        .is(200),
                city.get("/events/" + Town.eventId("inc-theirs")).is(404),
                city.get("/organizations").is(200),
                city.get("/organizations/othertown").is(404),
                city.get("/organizations/37").is(404),
                city.get("/assets").is(200),
                city.get("/assets?org=othertown").is(200),
                city.get("/accounts/assignable").is(200),
                city.get("/reports").is(200),
                city.get("/reports/R-1").is(404),
                city.get("/reports/R-1/pdf").is(404),
                city.get("/reports/R-1/signature").is(404),
                city.post("/reports", act).is(422),
                city.post("/reports/preview", act).is(422),
                city.get("/ledger/proof?type=case&id=" + id).is(404),
                city.post(
                                "/cases/bulk",
                                "{\"action\":\"note\",\"text\":\"x\",\"ids\":[{\"id\":\"" + id + "\",\"revision\":1}]}")
                        .is(200),
                audit.get("/audit").is(200),
                audit.get("/audit?object=" + id).is(200),
                audit.get("/audit?type=case.").is(200),
                audit.get("/ledger/export").is(200),
                audit.get("/ledger/export?org=othertown").is(422),
                audit.post("/ledger/check", "{}").is(200),
                audit.get("/cases").is(200),
                system.get("/accounts").is(200),
                system.post("/accounts/othercity/link", "{}").is(404),
                system.put("/accounts/othercity/disabled", act).is(404)));
        for (String action :
                List.of("acknowledge", "assign", "note", "confirm", "override", "false-positive", "state", "close")) {
            answers.add(city.act("/cases/" + id + "/" + action, 1, act).is(404));
        }
        answers.add(city.act("/cases/" + id + "/deadlines/" + deadline.replace("#", "%23") + "/met", 1, act)
                .is(404));

        answers.add(city.post("/events/search", all.replace("\"\"", "\"organization.id:othertown-school\""))
                .is(200));

        for (Browser.Answer answer : answers) {
            assertThat(strippedOfQuestion(answer.text(), id, message.id()))
                    .as(answer.response().request().method() + " "
                            + answer.response().uri())
                    .doesNotContain(
                            OTHER_MARK, "othertown", "样本", "inc-theirs", "othercity", "theiraudit", "unassignedmark")
                    .doesNotContain(id, nobodys.id(), message.id());
        }
        assertThat(city.get("/cases").json().path("total").asLong()).isEqualTo(1);
        assertThat(city.get("/cases").json().path("counts").path("open").asLong())
                .isEqualTo(1);
        assertThat(city.get("/cases").text()).contains(MARK, ours.id());
        assertThat(city.post("/events/search", all).text()).contains(MARK);
        assertThat(city.post("/events/histogram", all).json().path("buckets"))
                .extracting(bucket -> bucket.path("count").asLong())
                .contains(1L)
                .doesNotContain(2L, 3L);
        assertThat(audit.get("/audit").text()).contains("inc-ours");
    }

    /** What the asker sent itself comes back in results of a bulk. */
    private static String strippedOfQuestion(String text, String... asked) {
        if (!text.contains("\"results\"")) {
            return text;
        }
        String stripped = text;
        for (String word : asked) {
            stripped = stripped.replace(word, "");
        }
        return stripped;
    }

    @Test
    void a_foreign_object_and_a_missing_one_are_told_apart_by_nothing() {
        Case theirs = town.opened("inc-theirs", Town.OTHER_SCHOOL, "口令猜测");
        Browser city = as("city");
        for (String path : List.of("/cases/%s", "/cases/%s/events", "/cases/%s/proof", "/messages/%s", "/reports/%s")) {
            String foreign = city.get(String.format(path, theirs.id())).is(404).text();
            String missing =
                    city.get(String.format(path, "WL-20991231-0001")).is(404).text();
            assertThat(foreign).isEqualTo(missing);
        }
        assertThat(city.act("/cases/" + theirs.id() + "/acknowledge", 1, "{}")
                        .is(404)
                        .text())
                .isEqualTo(city.act("/cases/none/acknowledge", 1, "{}").is(404).text());
        assertThat(city.post("/cases/" + theirs.id() + "/acknowledge", "{}")
                        .is(404)
                        .slug())
                .isEqualTo("not-found");
        assertThat(city.get("/organizations/othertown").is(404).text())
                .isEqualTo(city.get("/organizations/9999").is(404).text());
        String foreignUnit =
                city.get("/cases?org=othertown").json().path("items").toString();
        assertThat(foreignUnit)
                .isEqualTo(city.get("/cases?org=9999").json().path("items").toString());
    }

    @Test
    void the_province_sees_both_cities_and_what_belongs_to_no_unit() {
        town.opened("inc-1", Town.SCHOOL, "口令猜测");
        town.opened("inc-2", Town.OTHER_SCHOOL, "口令猜测");
        town.opened("inc-3", "unassigned", "口令猜测");

        assertThat(as("op").get("/cases").json().path("total").asLong()).isEqualTo(3);
        assertThat(as("security").get("/cases").json().path("total").asLong()).isEqualTo(3);
        assertThat(as("city").get("/cases").json().path("total").asLong()).isEqualTo(1);
        assertThat(as("op").get("/cases?org=othertown").json().path("total").asLong())
                .isEqualTo(1);
    }

    @Test
    void contacts_are_masked() {
        String unit = as("city").get("/organizations/" + Town.SCHOOL).is(200).text();
        assertThat(unit)
                .contains("张*", "138****5678", "l***@example.edu")
                .doesNotContain("张伟民", "13812345678", "li.jing");
        assertThat(as("city").get("/assets").text())
                .contains("王*", "053****1234")
                .doesNotContain("86001234");
        Case ours = town.opened("inc-ours", Town.SCHOOL, "口令猜测");
        assertThat(as("city").get("/cases/" + ours.id()).is(200).text())
                .contains("138****5678")
                .doesNotContain("13812345678", "token=abc");
    }
}
