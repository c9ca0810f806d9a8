package org.wanglou.store.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.wanglou.model.registry.Asset;
import org.wanglou.model.registry.ProtectionLevel;
import org.wanglou.store.registry.CsvTable.Row;

/** Assets and who owns them. Confined to its thread. */
final class AssetRows {
    private static final String NUMERALS = "一二三四五";

    private final OrganizationRows units;
    private final Contacts contacts;
    private final Cells cells;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, String> hostOwners = new HashMap<>();

    AssetRows(OrganizationRows units, Contacts contacts, List<RegistryProblem> problems) {
        this.units = units;
        this.contacts = contacts;
        this.cells = new Cells(RegistryLoader.ASSETS, problems);
    }

    List<Asset> read(CsvTable table) {
        Map<String, Asset> assets = new TreeMap<>();
        for (Row row : table.rows()) {
            if (sound(row)) {
                Asset asset = asset(row);
                assets.put(asset.id(), asset);
            }
        }
        return new ArrayList<>(assets.values());
    }

    private boolean sound(Row row) {
        String id = row.get("id");
        String unit = row.get("organization");
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            cells.report(
                    row, "id", id, "an id has 1 to 63 letters, digits, . _ or -", "correct it; the row was left out");
            return false;
        }
        if (row.get("name").isEmpty()) {
            cells.report(row, "name", "", "the name is missing", "fill it in; the row was left out");
            return false;
        }
        if (!units.has(unit)) {
            cells.report(
                    row,
                    "organization",
                    unit,
                    "there is no such unit",
                    "add it to organizations.csv; the row was left out");
            return false;
        }
        Integer before = lines.putIfAbsent(id, row.line());
        if (before != null) {
            cells.report(
                    row,
                    "id",
                    id,
                    "the id is in line " + before + " already",
                    "give each asset its own; the first row stands");
            return false;
        }
        return true;
    }

    private Asset asset(Row row) {
        String id = row.get("id");
        return new Asset(
                id,
                row.get("name"),
                row.get("organization"),
                cells.prefixes(row, "addresses", id),
                hosts(row, id),
                level(row),
                critical(row),
                row.get("data_class").toLowerCase(Locale.ROOT),
                persons(row),
                contacts.of(id));
    }

    private List<String> hosts(Row row, String id) {
        List<String> own = new ArrayList<>();
        for (String host : Cells.list(row.get("hosts"))) {
            String name = host.toLowerCase(Locale.ROOT);
            String other = hostOwners.putIfAbsent(name, id);
            if (other == null) {
                own.add(name);
            } else if (!other.equals(id)) {
                cells.report(
                        row,
                        "hosts",
                        host,
                        "is a name of " + other + " already",
                        "name it once; " + other + " keeps it");
            }
        }
        return own;
    }

    /** 1 to 5, 二级 or 第二级; empty, 0, 未定级 or unknown when there is none, which is a state and no fault. */
    private ProtectionLevel level(Row row) {
        String cell = row.get("level");
        String bare = cell.replace("第", "").replace("级", "").strip();
        if (bare.isEmpty() || bare.equals("0") || bare.equals("未定") || bare.equalsIgnoreCase("unknown")) {
            return ProtectionLevel.UNKNOWN;
        }
        if (bare.matches("[1-5]")) {
            return ProtectionLevel.of(Integer.parseInt(bare));
        }
        if (bare.length() == 1 && NUMERALS.contains(bare)) {
            return ProtectionLevel.of(NUMERALS.indexOf(bare) + 1);
        }
        cells.report(row, "level", cell, "not a protection level", "write 1 to 5, 第二级 or 未定级; taken as 未定级 meanwhile");
        return ProtectionLevel.UNKNOWN;
    }

    private boolean critical(Row row) {
        String cell = row.get("critical").toLowerCase(Locale.ROOT);
        switch (cell) {
            case "", "否", "false", "no", "0":
                return false;
            case "是", "true", "yes", "1":
                return true;
            default:
                cells.report(row, "critical", cell, "neither 是 nor 否", "write one of them; taken as 否 meanwhile");
                return false;
        }
    }

    private long persons(Row row) {
        String cell = row.get("persons").replace("_", "").replace(",", "");
        if (cell.isEmpty()) {
            return 0;
        }
        if (!cell.matches("\\d{1,12}")) {
            cells.report(
                    row,
                    "persons",
                    row.get("persons"),
                    "not a number of persons",
                    "write digits; taken as 0 meanwhile");
            return 0;
        }
        return Long.parseLong(cell);
    }
}
