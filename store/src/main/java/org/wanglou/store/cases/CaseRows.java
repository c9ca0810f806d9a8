package org.wanglou.store.cases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;
import org.wanglou.model.cases.Case;
import org.wanglou.store.cases.CaseDatabase.CaseQuery;
import org.wanglou.store.cases.CaseDatabase.Conflict;

/** The table {@code case_file}. Confined to its transaction's thread. */
final class CaseRows {
    private static final String SCHEME = "gbt20986-2023";
    private static final int UNGRADED = Grade.Value.values().length;
    private static final int TEXT_CHARACTERS = 8_000;

    private final Handle handle;

    CaseRows(Handle handle) {
        this.handle = handle;
    }

    String newId(String day) {
        return String.format(Locale.ROOT, "WL-%s-%04d", day, FeedRows.next(handle, "case-" + day));
    }

    void insert(Case opened) {
        bind(
                        handle.createUpdate("insert into case_file (id, incident_id, revision, state, organization,"
                                + " assignee, grade_rank, opened_at, updated_at, search_text, body) values (:id,"
                                + " :incident, :revision, :state, :organization, :assignee, :grade, :opened, :updated,"
                                + " :text, :body)"),
                        opened)
                .execute();
    }

    void update(Case changed, int expectedRevision) {
        if (changed.revision() != expectedRevision + 1) {
            throw new IllegalArgumentException("case " + changed.id() + " must carry revision " + (expectedRevision + 1)
                    + ", has " + changed.revision());
        }
        int rows = bind(
                        handle.createUpdate("update case_file set incident_id = :incident, revision = :revision,"
                                + " state = :state, organization = :organization, assignee = :assignee,"
                                + " grade_rank = :grade, opened_at = :opened, updated_at = :updated,"
                                + " search_text = :text, body = :body where id = :id and revision = :expected"),
                        changed)
                .bind("expected", expectedRevision)
                .execute();
        if (rows == 0) {
            throw new Conflict(
                    "case " + changed.id() + " is no longer at revision " + expectedRevision + ": read it again");
        }
    }

    private static Update bind(Update update, Case row) {
        return update.bind("id", row.id())
                .bind("incident", row.incidentId())
                .bind("revision", row.revision())
                .bind("state", row.state().name())
                .bind("organization", row.organization())
                .bind("assignee", row.assignee())
                .bind("grade", rank(row))
                .bind("opened", row.openedAt())
                .bind("updated", row.updatedAt())
                .bind("text", searchText(row))
                .bind("body", Jsons.text(row));
    }

    Optional<Case> byId(String id) {
        return one("select body from case_file where id = :id", id);
    }

    Optional<Case> ofIncident(String incidentId) {
        return one("select body from case_file where incident_id = :id", incidentId);
    }

    private Optional<Case> one(String sql, String id) {
        return handle.createQuery(sql)
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .map(body -> IncidentRows.read(body, Case.class));
    }

    List<Case> list(CaseQuery query) {
        String order =
                switch (query.sort()) {
                    case "grade" -> " order by grade_rank, opened_at desc, id desc";
                    case "due" ->
                        " order by coalesce((select min(due_at) from deadline where deadline.case_id = case_file.id"
                                + " and deadline.state in ('EXPECTED', 'RUNNING')), 9223372036854775807),"
                                + " opened_at desc, id desc";
                    default -> " order by opened_at desc, id desc";
                };
        Filter filter = new Filter(query);
        return filter.bind(handle.createQuery(
                        "select body from case_file" + filter.sql() + order + " limit :limit offset :offset"))
                .bind("limit", Math.max(0, Math.min(query.limit(), 1_000)))
                .bind("offset", Math.max(0, query.offset()))
                .mapTo(String.class)
                .map(body -> IncidentRows.read(body, Case.class))
                .list();
    }

    long count(CaseQuery query) {
        Filter filter = new Filter(query);
        return filter.bind(handle.createQuery("select count(*) from case_file" + filter.sql()))
                .mapTo(Long.class)
                .one();
    }

    /** Ordinal of the grade that counts: the confirmed one, else the machine's proposal. */
    private static int rank(Case row) {
        return gradeOf(row.confirmed())
                .or(() -> gradeOf(row.incident().grades()))
                .orElse(UNGRADED);
    }

    private static Optional<Integer> gradeOf(List<Grade> grades) {
        return grades.stream()
                .filter(grade -> grade.scheme().equals(SCHEME))
                .map(grade -> grade.value().ordinal())
                .findFirst();
    }

    private static String searchText(Case row) {
        Incident incident = row.incident();
        String text = String.join(
                        "\n", row.id(), row.incidentId(), incident.title(), String.join("\n", incident.actors()))
                .toLowerCase(Locale.ROOT);
        return text.length() <= TEXT_CHARACTERS ? text : text.substring(0, TEXT_CHARACTERS);
    }

    /** The where clause of a query with its values. */
    private static final class Filter {
        private final List<String> terms = new ArrayList<>();
        private final Map<String, Object> values = new HashMap<>();
        private final Map<String, List<String>> lists = new HashMap<>();

        Filter(CaseQuery query) {
            if (!query.organizations().isEmpty()) {
                terms.add("organization in (<organizations>)");
                lists.put("organizations", query.organizations());
            }
            if (!query.states().isEmpty()) {
                terms.add("state in (<states>)");
                lists.put("states", query.states());
            }
            if (!query.assignee().isEmpty()) {
                terms.add("assignee = :assignee");
                values.put("assignee", query.assignee().equals(CaseQuery.NOBODY) ? "" : query.assignee());
            }
            if (!query.minimumGrade().isEmpty()) {
                terms.add("grade_rank <= :grade");
                values.put("grade", rank(query.minimumGrade()));
            }
            if (query.openedFrom() > 0) {
                terms.add("opened_at >= :from");
                values.put("from", query.openedFrom());
            }
            if (query.openedTo() != Long.MAX_VALUE) {
                terms.add("opened_at < :to");
                values.put("to", query.openedTo());
            }
            words(query.text());
        }

        private static int rank(String word) {
            return Grade.Value.of(word)
                    .map(Enum::ordinal)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "grade must be 特别重大, 重大, 较大 or 一般 or its enum name, is " + word));
        }

        private void words(String text) {
            int number = 0;
            for (String word : text.toLowerCase(Locale.ROOT).strip().split("\\s+", -1)) {
                if (!word.isEmpty() && number < 16) {
                    String name = "word" + number++;
                    terms.add("search_text like :" + name + " escape '!'");
                    values.put(
                            name,
                            "%" + word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%");
                }
            }
        }

        String sql() {
            return terms.isEmpty() ? "" : " where " + String.join(" and ", terms);
        }

        Query bind(Query query) {
            values.forEach(query::bind);
            lists.forEach(query::bindList);
            return query;
        }
    }
}
