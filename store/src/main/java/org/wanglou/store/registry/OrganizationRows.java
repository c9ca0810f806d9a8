package org.wanglou.store.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.wanglou.model.registry.Organization;
import org.wanglou.store.registry.CsvTable.Row;

/** The tree of units. Confined to its thread. */
final class OrganizationRows {
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("province", "province"),
            Map.entry("省", "province"),
            Map.entry("city", "city"),
            Map.entry("市", "city"),
            Map.entry("county", "county"),
            Map.entry("县", "county"),
            Map.entry("区", "county"),
            Map.entry("县区", "county"),
            Map.entry("school", "school"),
            Map.entry("校", "school"),
            Map.entry("学校", "school"),
            Map.entry("guest", "guest"),
            Map.entry("接入单位", "guest"));

    private final Contacts contacts;
    private final Cells cells;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    OrganizationRows(Contacts contacts, List<RegistryProblem> problems) {
        this.contacts = contacts;
        this.cells = new Cells(RegistryLoader.ORGANIZATIONS, problems);
    }

    boolean has(String id) {
        return rows.containsKey(id);
    }

    List<Organization> read(CsvTable table) {
        for (Row row : table.rows()) {
            if (sound(row)) {
                rows.put(row.get("id"), row);
            }
        }
        Map<String, Organization> units = new TreeMap<>();
        rows.forEach((id, row) -> units.put(
                id,
                new Organization(
                        id,
                        parent(row),
                        row.get("name"),
                        KINDS.getOrDefault(row.get("kind").toLowerCase(java.util.Locale.ROOT), "school"),
                        cells.prefixes(row, "prefixes", id),
                        contacts.of(id))));
        return new ArrayList<>(units.values());
    }

    private boolean sound(Row row) {
        String id = row.get("id");
        String kind = row.get("kind");
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            cells.report(
                    row, "id", id, "an id has 1 to 63 letters, digits, . _ or -", "correct it; the row was left out");
            return false;
        }
        if (rows.containsKey(id)) {
            cells.report(
                    row,
                    "id",
                    id,
                    "the id is in line " + line(id) + " already",
                    "give each unit its own; the first row stands");
            return false;
        }
        if (row.get("name").isEmpty()) {
            cells.report(row, "name", "", "the name is missing", "fill it in; the row was left out");
            return false;
        }
        if (!KINDS.containsKey(kind.toLowerCase(java.util.Locale.ROOT))) {
            cells.report(
                    row,
                    "kind",
                    kind,
                    "unknown kind",
                    "use province, city, county, school or guest; the row was left out");
            return false;
        }
        return true;
    }

    private int line(String id) {
        Row row = rows.get(id);
        return row == null ? 0 : row.line();
    }

    /** The parent, or none when it is unknown or the way up runs in a circle: the unit stays, its place is open. */
    private String parent(Row row) {
        String parent = row.get("parent");
        if (parent.isEmpty()) {
            return "";
        }
        if (!rows.containsKey(parent)) {
            cells.report(
                    row,
                    "parent",
                    parent,
                    "there is no such unit",
                    "add it or correct it; the unit stands alone meanwhile");
            return "";
        }
        String at = parent;
        for (int depth = 0; depth <= 16; depth++) {
            if (at.isEmpty()) {
                return parent;
            }
            if (at.equals(row.get("id"))) {
                break;
            }
            Row above = rows.get(at);
            at = above == null ? "" : above.get("parent");
        }
        cells.report(
                row,
                "parent",
                parent,
                "the way up runs in a circle or is deeper than 16",
                "correct the parent; the unit stands alone meanwhile");
        return "";
    }
}
