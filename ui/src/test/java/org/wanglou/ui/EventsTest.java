package org.wanglou.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Ecs;
import org.wanglou.model.cases.Case;

class EventsTest extends ConsoleContext {
    private static String search(String q, String more) {
        return "{\"q\":\"" + q + "\",\"from\":0,\"to\":9000000000000" + more + "}";
    }

    @Test
    void events_are_found_paged_and_counted() {
        for (int i = 0; i < 5; i++) {
            town.archive(town.event("e" + i, Town.SCHOOL, "203.0.113." + i, "line " + i));
        }
        Browser op = as("op");
        JsonNode first = op.post("/events/search", search("event.outcome:failure", ",\"limit\":3"))
                .is(200)
                .json();
        assertThat(first.path("items")).hasSize(3);
        assertThat(first.path("total").asLong()).isEqualTo(5);
        JsonNode second = op.post(
                        "/events/search",
                        search(
                                "event.outcome:failure",
                                ",\"limit\":3,\"cursor\":\""
                                        + first.path("next").asText() + "\""))
                .is(200)
                .json();
        assertThat(second.path("items")).hasSize(2);
        assertThat(op.post("/events/top", search("", ",\"field\":\"source.ip\",\"limit\":2"))
                        .is(200)
                        .json()
                        .path("values"))
                .hasSize(2);
        assertThat(op.post("/events/histogram", search("", ",\"buckets\":10"))
                        .is(200)
                        .json()
                        .path("buckets"))
                .hasSize(10);
        JsonNode event = op.get("/events/" + Town.eventId("e1")).is(200).json();
        assertThat(event.path("fields").path("source.ip").asText()).isEqualTo("203.0.113.1");
        assertThat(event.path("fields").has("event.original")).isFalse();
        assertThat(op.get("/events/fields").is(200).json()).hasSizeGreaterThan(10);
        assertThat(entries("search", "op")).hasSize(1);
    }

    @Test
    void a_rule_says_why_it_did_not_match_an_event_that_the_account_may_see() {
        town.archive(town.event("e1", Town.SCHOOL, "203.0.113.1", "line"));
        String rule = org.wanglou.rules.Packs.builtIn().get(0).rules().get(0).id();
        Browser op = as("op");
        JsonNode why = op.get("/rules/" + rule + "/explain?event=" + Town.eventId("e1"))
                .is(200)
                .json();
        assertThat(why.path("rule").asText()).isEqualTo(rule);
        assertThat(why.path("matches").isBoolean()).isTrue();
        assertThat(why.path("why").path("parts")).hasSize(2);
        op.get("/rules/none/explain?event=" + Town.eventId("e1")).is(404);
        op.get("/rules/" + rule + "/explain?event=none").is(404);
        op.get("/rules/" + rule + "/explain").is(404);
    }

    @Test
    void a_query_that_cannot_be_read_is_answered_with_the_place() {
        Browser op = as("op");
        JsonNode problem = op.post("/events/search", search("source.ip:10.0.0.1 and (", ""))
                .is(400)
                .json();
        assertThat(problem.path("type").asText()).isEqualTo("urn:wanglou:problem:bad-query");
        assertThat(problem.path("position").asInt()).isBetween(20, 30);
        op.post("/events/search", search("no.such.field:1", "")).is(400);
        op.post("/events/search", search("", ",\"cursor\":\"garbage\"")).is(400);
        op.post("/events/search", search("", ",\"limit\":100000")).is(422);
        op.post("/events/top", search("", ",\"field\":\"event.id\"")).is(422);
        op.post("/events/search", "{\"q\":\"\",\"from\":5,\"to\":5}").is(422);
    }

    @Test
    void the_events_behind_a_case_come_with_the_ids_that_are_missing() {
        Case about = town.opened("inc-1", Town.SCHOOL, "口令猜测");
        JsonNode events =
                as("op").get("/cases/" + about.id() + "/events").is(200).json();
        assertThat(events.path("items")).hasSize(1);
        assertThat(events.path("missing")).hasSize(1);
    }

    @Test
    void hostile_text_comes_out_as_data_byte_for_byte() {
        String hostile =
                "<script>alert(1)</script> \u202E\u2066 \u0007\u001B[31m \"'&\u2028 \uD83D\uDE00 =cmd|' /C calc'!A0";
        town.archive(town.event("h", Town.SCHOOL, "203.0.113.1", "x").toBuilder()
                .set(Ecs.EVENT_ORIGINAL, hostile)
                .set(Ecs.USER_NAME, hostile)
                .set("custom.<b>", hostile)
                .build());
        Browser.Answer answer = as("op").get("/events/" + Town.eventId("h")).is(200);

        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.json().path("original").asText()).isEqualTo(hostile);
        assertThat(answer.json().path("fields").path("user.name").asText()).isEqualTo(hostile);
        assertThat(answer.text()).doesNotContain("\u0007", "\u001B");

        Case about = town.opened("inc-h", Town.SCHOOL, hostile);
        Browser.Answer whole = as("op").get("/cases/" + about.id()).is(200);
        assertThat(whole.json().path("title").asText()).isEqualTo(hostile);
        assertThat(whole.header("Content-Type")).startsWith("application/json");
    }

    @Test
    void a_lone_surrogate_spoils_no_answer() {
        town.archive(town.event("s", Town.SCHOOL, "203.0.113.1", "x").toBuilder()
                .set("custom.half", "a\uD800b")
                .build());
        as("op").get("/events/" + Town.eventId("s")).is(200);
        as("op").post("/events/search", search("", "")).is(200);
    }
}
