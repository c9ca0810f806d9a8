package org.wanglou.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wanglou.model.cases.Case;
import org.wanglou.store.ledger.LedgerVerifier;
import org.wanglou.store.ledger.Verdict;

class EvidenceTest extends ConsoleContext {
    private Case sealedCase() {
        Case about = town.opened("inc-1", Town.SCHOOL, "口令猜测");
        as("op").act("/cases/" + about.id() + "/acknowledge", 1, "{}").is(200);
        town.sealed();
        return about;
    }

    /** As somebody with the database's password would. */
    private void sql(String statement, Object... values) throws Exception {
        try (Connection connection = town.database.dataSource().getConnection();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                prepared.setObject(i + 1, values[i]);
            }
            assertThat(prepared.executeUpdate()).isEqualTo(1);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    private JsonNode proof(Case about) {
        return as("op").get("/cases/" + about.id() + "/proof").is(200).json();
    }

    @Test
    void a_case_as_it_was_decided_is_verified_against_the_signed_head() {
        JsonNode proof = proof(sealedCase());
        assertThat(proof.path("state").asText()).as(proof.toPrettyString()).isEqualTo("verified");
        assertThat(proof.path("items")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(proof.path("items")).allMatch(item -> item.path("verified").asBoolean());
        assertThat(proof.path("head").path("root").asText()).matches("[0-9a-f]{64}");
    }

    @Test
    void what_is_not_in_the_ledger_yet_is_pending() {
        town.writer.close();
        Case about = town.opened("inc-1", Town.SCHOOL, "口令猜测");
        JsonNode proof = proof(about);
        assertThat(proof.path("state").asText()).isEqualTo("pending");
        assertThat(proof.path("items")).noneMatch(item -> item.path("verified").asBoolean());
    }

    @Test
    void a_changed_object_of_an_entry_is_broken_and_named() throws Exception {
        Case about = sealedCase();
        sql(
                "update ledger_entry set object_json = replace(object_json, '\"acknowledgedBy\":\"op\"',"
                        + " '\"acknowledgedBy\":\"xx\"') where entry_type = 'case.acknowledge' and object_id = ?",
                about.id());
        JsonNode proof = proof(about);
        assertThat(proof.path("state").asText()).isEqualTo("broken");
        assertThat(proof.path("items"))
                .filteredOn(item -> !item.path("verified").asBoolean())
                .hasSize(1)
                .allMatch(item -> item.path("type").asText().equals("case.acknowledge")
                        && item.path("problem").asText().contains("改动"));
    }

    @Test
    void a_changed_actor_of_an_entry_is_broken() throws Exception {
        Case about = sealedCase();
        sql(
                "update ledger_entry set actor = 'city' where entry_type = 'case.acknowledge' and object_id = ?",
                about.id());
        assertThat(proof(about).path("state").asText()).isEqualTo("broken");
    }

    @Test
    void a_case_row_that_was_changed_beside_the_desk_is_broken() throws Exception {
        Case about = sealedCase();
        sql(
                "update case_file set body = replace(body, '\"acknowledgedBy\":\"op\"', '\"acknowledgedBy\":\"xx\"')"
                        + " where id = ?",
                about.id());
        assertThat(proof(about).path("state").asText()).isEqualTo("broken");
    }

    @Test
    void an_incident_row_and_a_message_that_were_changed_are_broken() throws Exception {
        Case about = sealedCase();
        sql("update incident set body = replace(body, '\"confidence\":80', '\"confidence\":10') where id = ?", "inc-1");
        JsonNode proof = proof(about);
        assertThat(proof.path("state").asText()).isEqualTo("broken");
        assertThat(proof.toString()).contains("事件内容");
    }

    @Test
    void an_export_verifies_offline_and_is_itself_sealed() throws Exception {
        sealedCase();
        Browser audit = as("audit");
        town.sealed();
        for (String query : List.of("", "?org=" + Town.SCHOOL)) {
            Browser.Answer export = audit.get("/ledger/export" + query).is(200);
            assertThat(export.header("Content-Type")).isEqualTo("application/x-ndjson");
            assertThat(export.header("Content-Disposition")).startsWith("attachment; filename=\"ledger-");
            Path bundle = folder.resolve("bundle" + query.length() + ".ndjson");
            Files.write(bundle, export.response().body());
            Verdict verdict = new LedgerVerifier(Optional.of(town.key.getPublic()), Optional.empty()).bundle(bundle);
            assertThat(verdict.ok()).as(verdict.text()).isTrue();
            assertThat(verdict.leaves()).isPositive();
        }
        assertThat(audit.get("/audit?type=export.ledger").json().path("items")).hasSize(2);
    }

    @Test
    void a_single_proof_verifies_offline() throws Exception {
        Case about = sealedCase();
        Browser op = as("op");
        Browser.Answer proof =
                op.get("/ledger/proof?type=case&id=" + about.id() + "&rev=2").is(200);
        Path file = folder.resolve("case.tlog-proof");
        Files.write(file, proof.response().body());
        assertThat(new LedgerVerifier(Optional.of(town.key.getPublic()), Optional.empty())
                        .proof(file, Optional.empty())
                        .ok())
                .isTrue();
        op.get("/ledger/proof?type=case&id=" + about.id() + "&rev=9").is(404);
    }

    @Test
    void the_full_check_is_well_until_a_row_is_changed_and_shows_no_paths() throws Exception {
        Case about = sealedCase();
        Browser audit = as("audit");
        town.sealed();
        JsonNode well = audit.post("/ledger/check", "{}").is(200).json();
        assertThat(well.path("ok").asBoolean()).as(well.toString()).isTrue();
        assertThat(well.path("leaves").asLong()).isPositive();
        assertThat(audit.get("/ledger").is(200).json().path("check").asText()).isEqualTo("ok");

        sql("delete from ledger_entry where entry_type = 'case.acknowledge' and object_id = ?", about.id());
        Browser.Answer wrong = audit.post("/ledger/check", "{}").is(200);
        assertThat(wrong.json().path("ok").asBoolean()).isFalse();
        assertThat(wrong.json().path("findings").path(0).path("detail").asText())
                .contains("row is gone");
        assertThat(wrong.text()).doesNotContain(folder.toString());
    }

    @Test
    void the_audit_trail_is_newest_first_and_paged() {
        sealedCase();
        Browser audit = as("audit");
        JsonNode first = audit.get("/audit?limit=2").is(200).json();
        assertThat(first.path("items")).hasSize(2);
        long next = first.path("next").asLong();
        JsonNode second = audit.get("/audit?limit=2&before=" + next).is(200).json();
        assertThat(second.path("items").path(0).path("seq").asLong()).isLessThan(next);
        assertThat(audit.get("/audit?type=login")
                        .json()
                        .path("items")
                        .path(0)
                        .path("actor")
                        .asText())
                .isEqualTo("audit");
    }

    @Test
    void reports_are_made_listed_and_fetched() {
        Browser op = as("op");
        JsonNode made = op.post(
                        "/reports", "{\"kind\":\"period\",\"organization\":\"3701\",\"from\":1,\"to\":86400000}")
                .is(201)
                .json();
        String id = made.path("id").asText();
        assertThat(op.get("/reports").is(200).json()).hasSize(1);
        assertThat(op.get("/reports/" + id + "/pdf").is(200).header("Content-Type"))
                .isEqualTo("application/pdf");
        assertThat(op.get("/reports/" + id).is(200).json().path("kind").asText())
                .isEqualTo("period");
        assertThat(new String(
                        op.get("/reports/" + id + "/signature")
                                .is(200)
                                .response()
                                .body(),
                        StandardCharsets.UTF_8))
                .contains(id);
        op.post("/reports/preview", "{\"organization\":\"3701\",\"from\":2,\"to\":1}")
                .is(422);
    }
}
