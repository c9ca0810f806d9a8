package org.wanglou.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Grade;
import org.wanglou.model.Level;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Message;

class CasesTest extends ConsoleContext {
    private Case opened(int n) {
        return town.opened("inc-" + n, Town.SCHOOL, "口令猜测 第" + n + "起");
    }

    private static String ids(JsonNode page) {
        return page.path("items").findValuesAsText("id").toString();
    }

    @Test
    void a_line_of_the_list_holds_what_the_contract_names() {
        Case about = opened(1);
        JsonNode row = as("op").get("/cases").is(200).json().path("items").path(0);

        assertThat(row.path("id").asText()).isEqualTo(about.id());
        assertThat(row.path("state").asText()).isEqualTo("new");
        assertThat(row.path("severity").asText()).isEqualTo("high");
        assertThat(row.path("grade").path("value").asText()).isEqualTo("larger");
        assertThat(row.path("grade").path("scheme").asText()).isEqualTo(Town.GBT);
        assertThat(row.path("organization").path("name").asText()).isEqualTo("示例中学");
        assertThat(row.path("events").asLong()).isEqualTo(23);
        assertThat(row.path("signals").asLong()).isEqualTo(1);
        assertThat(row.path("messages").path("owed").asLong()).isEqualTo(1);
        assertThat(row.path("deadline").path("state").asText()).isEqualTo("expected");
        assertThat(row.path("incidentStatus").asText()).isEqualTo("open");
        town.sealed();
        assertThat(as("op").get("/cases")
                        .json()
                        .path("items")
                        .path(0)
                        .path("sealed")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void filters_sorts_and_counts_agree() {
        town.arrive(new Town.Plot("a", Town.SCHOOL, "alpha", Level.HIGH, Grade.Value.GENERAL, "203.0.113.1"), 1);
        town.arrive(new Town.Plot("b", Town.CITY, "beta", Level.CRITICAL, Grade.Value.MAJOR, "203.0.113.2"), 1);
        Case gamma = town.opened("c", Town.OTHER_SCHOOL, "gamma");
        Browser op = as("op");
        op.act("/cases/" + gamma.id() + "/assign", 1, "{\"assignee\":\"op\"}").is(200);
        op.act("/cases/" + gamma.id() + "/false-positive", 2, "{\"reason\":\"授权测试\",\"days\":0}")
                .is(200);

        assertThat(op.get("/cases?open=true").json().path("total").asLong()).isEqualTo(2);
        assertThat(op.get("/cases?state=false-positive").json().path("total").asLong())
                .isEqualTo(1);
        assertThat(op.get("/cases?state=false-positive&open=true")
                        .json()
                        .path("total")
                        .asLong())
                .isZero();
        assertThat(op.get("/cases?grade=major").json().path("total").asLong()).isEqualTo(1);
        assertThat(op.get("/cases?q=ALPHA").json().path("total").asLong()).isEqualTo(1);
        assertThat(op.get("/cases?q=203.0.113.2").json().path("total").asLong()).isEqualTo(1);
        assertThat(op.get("/cases?assignee=me").json().path("total").asLong()).isEqualTo(1);
        assertThat(op.get("/cases?assignee=none").json().path("total").asLong()).isEqualTo(2);
        assertThat(op.get("/cases?org=3701").json().path("total").asLong()).isEqualTo(2);
        assertThat(op.get("/cases?sort=grade&limit=1")
                        .json()
                        .path("items")
                        .path(0)
                        .path("title")
                        .asText())
                .isEqualTo("beta");
        assertThat(op.get("/cases?limit=2&offset=2").json().path("items")).hasSize(1);
        assertThat(ids(op.get("/cases?sort=due").json())).contains(gamma.id());
        JsonNode counts = op.get("/cases").json().path("counts");
        assertThat(counts.path("open").asLong()).isEqualTo(2);
        assertThat(counts.path("unassigned").asLong()).isEqualTo(2);
        assertThat(counts.path("mine").asLong()).isZero();
        assertThat(counts.path("reopened").asLong()).isZero();

        for (String bad : List.of("state=x", "grade=x", "sort=x", "limit=0", "limit=x", "offset=-1")) {
            op.get("/cases?" + bad).is(422);
        }
    }

    @Test
    void a_case_whose_machine_rises_above_a_decision_counts_as_reopened() {
        Town.Plot low = new Town.Plot("r", Town.SCHOOL, "re", Level.HIGH, Grade.Value.GENERAL, "203.0.113.9");
        Case about = town.arrive(low, 1).orElseThrow();
        Browser op = as("op");
        long now = town.clock.millis();
        op.act("/cases/" + about.id() + "/confirm", 1, "{\"learnedAt\":" + now + ",\"learnedHow\":\"平台告警\"}")
                .is(200);
        town.arrive(new Town.Plot("r", Town.SCHOOL, "re", Level.HIGH, Grade.Value.MAJOR, "203.0.113.9"), 2);

        JsonNode page = op.get("/cases").json();
        assertThat(page.path("items").path(0).path("reopened").asBoolean()).isTrue();
        assertThat(page.path("counts").path("reopened").asLong()).isEqualTo(1);
    }

    @Test
    void one_case_comes_whole() {
        Case about = opened(1);
        town.playbooks.runPending();
        Browser.Answer answer = as("op").get("/cases/" + about.id()).is(200);
        JsonNode whole = answer.json();

        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        assertThat(whole.path("incident").path("explanation")).hasSize(3);
        assertThat(whole.path("incident")
                        .path("explanation")
                        .path(2)
                        .path("verified")
                        .asBoolean())
                .isFalse();
        assertThat(whole.path("incident").path("signals").path(0).path("eventIds"))
                .hasSize(2);
        assertThat(whole.path("proposed").path(0).path("state").asText()).isEqualTo("proposed");
        assertThat(whole.path("next")).extracting(JsonNode::asText).contains("confirmed", "false-positive");
        assertThat(whole.path("messages").isArray()).isTrue();
        assertThat(whole.path("messages").path(0).path("target").asText()).isEqualTo("https://soc.example/in?…");
        assertThat(whole.path("playbook").path("steps")).hasSize(4);
        assertThat(whole.path("seals")).isNotEmpty();
        assertThat(whole.path("deadlines").path(0).path("clause").asText()).isNotEmpty();
        assertThat(whole.path("notes").path(0).path("by").asText()).isEqualTo("machine");
    }

    @Test
    void decisions_follow_each_other_with_revisions() {
        Case about = opened(1);
        Browser op = as("op");
        String path = "/cases/" + about.id();
        assertThat(op.act(path + "/acknowledge", 1, "{}").is(200).header("ETag"))
                .isEqualTo("\"2\"");
        op.act(path + "/assign", 2, "{\"assignee\":\"city\"}").is(200);
        op.act(path + "/note", 3, "{\"text\":\"已电话联系\"}").is(200);
        long learned = town.clock.millis() - 60_000;
        JsonNode confirmed = op.act(
                        path + "/confirm",
                        4,
                        "{\"category\":\"\",\"grades\":{\"gbt20986-2023\":\"major\"},\"impact\":{\"persons\":1200000,"
                                + "\"outcome\":\"success\"},\"learnedAt\":" + learned
                                + ",\"learnedHow\":\"平台告警\",\"reason\":\"核实\"}")
                .is(200)
                .json();
        assertThat(confirmed.path("state").asText()).isEqualTo("confirmed");
        assertThat(confirmed.path("grade").path("value").asText()).isEqualTo("major");
        assertThat(confirmed.path("grade").path("by").asText()).isEqualTo("op");
        assertThat(confirmed.path("impact").path("persons").asLong()).isEqualTo(1_200_000);
        assertThat(confirmed.path("deadline").path("state").asText()).isEqualTo("running");
        String deadline = confirmed.path("deadline").path("id").asText().replace("#", "%23");

        op.act(path + "/close", 5, "{\"reason\":\"完成\"}").is(422);
        JsonNode met = op.act(
                        path + "/deadlines/" + deadline + "/met",
                        5,
                        "{\"channel\":\"12387\",\"receipt\":\"A1\",\"person\":\"值班员\",\"at\":" + learned + "}")
                .is(200)
                .json();
        assertThat(met.path("deadlines").toString()).contains("\"met\"");
        op.act(path + "/override", 6, "{\"scheme\":\"gbt20986-2023\",\"value\":\"larger\",\"reason\":\"影响有限\"}")
                .is(200);
        op.act(path + "/state", 7, "{\"state\":\"handling\",\"reason\":\"开始处置\"}")
                .is(200);
        assertThat(op.get(path).json().path("notes")).hasSizeGreaterThan(7);
    }

    @Test
    void a_change_names_its_revision_and_an_old_one_is_answered_with_the_present_case() {
        Case about = opened(1);
        Browser op = as("op");
        String path = "/cases/" + about.id();
        assertThat(op.post(path + "/acknowledge", "{}").is(428).slug()).isEqualTo("if-match-missing");
        op.post(path + "/acknowledge", "{}", "If-Match", "\"x\"").is(400);
        op.act(path + "/note", 1, "{\"text\":\"先\"}").is(200);

        Browser.Answer clash =
                as("op").act(path + "/note", 1, "{\"text\":\"后\"}").is(412);
        assertThat(clash.slug()).isEqualTo("conflict");
        assertThat(clash.json().path("current").path("revision").asInt()).isEqualTo(2);
        assertThat(clash.header("ETag")).isEmpty();
    }

    @Test
    void wrong_bodies_name_the_field() {
        Case about = opened(1);
        Browser op = as("op");
        String path = "/cases/" + about.id();
        assertThat(op.act(path + "/note", 1, "{}")
                        .is(422)
                        .json()
                        .path("errors")
                        .path(0)
                        .path("pointer")
                        .asText())
                .isEqualTo("/text");
        assertThat(op.act(path + "/note", 1, "{\"text\":7}").is(422).text()).contains("/text");
        assertThat(op.act(path + "/state", 1, "{\"state\":\"nowhere\",\"reason\":\"x\"}")
                        .is(422)
                        .text())
                .contains("/state");
        assertThat(op.act(path + "/confirm", 1, "{\"grades\":{\"cac-2025\":\"x\"},\"learnedHow\":\"x\"}")
                        .is(422)
                        .text())
                .contains("/grades/cac-2025");
        assertThat(op.act(path + "/assign", 1, "{\"assignee\":\"audit\"}")
                        .is(422)
                        .text())
                .contains("/assignee");
        op.act(path + "/note", 1, "[1]").is(400);
        op.act(path + "/note", 1, "{\"text\":\"a\",\"text\":\"b\"}").is(400);
        op.act(path + "/note", 1, "{\"text\":\"" + "[".repeat(10) + "\"").is(400);
        op.act(path + "/note", 1, "[".repeat(5_000)).is(400);
        op.act(path + "/note", 1, "{\"text\":\"" + "x".repeat(5_000) + "\"}").is(422);
        op.act(path + "/note", 1, "{\"text\":\"a\\u0000b\"}").is(422);
        op.act(path + "/state", 1, "{\"state\":\"closed\",\"reason\":\"x\"}").is(422);
        assertThat(op.get(path).json().path("revision").asInt()).isEqualTo(1);
    }

    @Test
    void a_preview_shows_the_grades_of_an_impact_and_changes_nothing() {
        Case about = town.arrive(
                        new Town.Plot("p", Town.SCHOOL, "p", Level.HIGH, Grade.Value.GENERAL, "203.0.113.9"), 1)
                .orElseThrow();
        JsonNode preview = as("security")
                .post("/cases/" + about.id() + "/preview", "{\"impact\":{\"persons\":1000000}}")
                .is(200)
                .json();
        assertThat(preview.path("grades").findValuesAsText("value")).contains("larger");
        assertThat(as("op").get("/cases/" + about.id()).json().path("revision").asInt())
                .isEqualTo(1);
    }

    @Test
    void a_bulk_changes_exactly_what_was_ticked_and_says_for_each_what_became_of_it() {
        Case one = opened(1);
        Case two = opened(2);
        Case three = opened(3);
        Browser op = as("op");
        op.act("/cases/" + two.id() + "/note", 1, "{\"text\":\"x\"}").is(200);
        JsonNode results = op.post(
                        "/cases/bulk",
                        "{\"action\":\"acknowledge\",\"ids\":[{\"id\":\"" + one.id() + "\",\"revision\":1},{\"id\":\""
                                + two.id() + "\",\"revision\":1},{\"id\":\"none\",\"revision\":1}]}")
                .is(200)
                .json()
                .path("results");
        assertThat(results.findValuesAsText("status")).containsExactly("done", "conflict", "denied");
        assertThat(op.get("/cases/" + three.id()).json().path("revision").asInt())
                .isEqualTo(1);
        op.post("/cases/bulk", "{\"action\":\"archive-all\",\"ids\":[]}").is(422);
        op.post("/cases/bulk", "{\"action\":\"note\",\"ids\":[{\"id\":\"" + one.id() + "\",\"revision\":2}]}")
                .is(422);
        assertThat(op.get("/cases/" + one.id()).json().path("revision").asInt()).isEqualTo(2);
    }

    @Test
    void a_message_shows_its_exact_text_and_is_tried_again_once_it_was_given_up() {
        Case about = opened(1);
        Message owed =
                town.database.transaction(tx -> tx.messagesOf(about.id())).get(0);
        Browser op = as("op");
        JsonNode shown = op.get("/messages/" + owed.id()).is(200).json();
        assertThat(shown.path("body").asText()).isEqualTo(owed.body());
        assertThat(shown.path("headersNote").asText()).contains("webhook-id");
        op.post("/messages/" + owed.id() + "/retry", "{}").is(422);

        town.database.transaction(tx -> {
            tx.updateMessage(new Message(
                    owed.id(),
                    owed.incidentId(),
                    owed.caseId(),
                    owed.reason(),
                    owed.route(),
                    owed.notifier(),
                    owed.target(),
                    owed.body(),
                    owed.bodySm3(),
                    Message.State.DEAD,
                    9,
                    0,
                    owed.createdAt(),
                    0,
                    "refused"));
            return owed;
        });
        assertThat(op.post("/messages/" + owed.id() + "/retry", "{}")
                        .is(200)
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("owed");
        assertThat(entries("message", owed.id()))
                .extracting(entry -> entry.type())
                .contains("message.read");
    }
}
