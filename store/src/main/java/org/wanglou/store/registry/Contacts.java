package org.wanglou.store.registry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wanglou.model.registry.Responsibility;
import org.wanglou.store.registry.CsvTable.Row;

/** Who answers for what, by the id of a unit or asset. Confined to its thread. */
final class Contacts {
    private final Cells cells;
    private final Map<String, List<Responsibility>> byOwner = new LinkedHashMap<>();
    private final Map<String, Row> firstRow = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();

    Contacts(CsvTable table, List<RegistryProblem> problems) {
        this.cells = new Cells(table.file(), problems);
        for (Row row : table.rows()) {
            String owner = row.get("owner");
            if (owner.isEmpty() || row.get("duty").isEmpty() || row.get("name").isEmpty()) {
                cells.report(row, "", "", "owner, duty and name must be there", "fill them in; the row was left out");
                continue;
            }
            byOwner.computeIfAbsent(owner, id -> new ArrayList<>())
                    .add(new Responsibility(row.get("duty"), row.get("name"), row.get("contact")));
            firstRow.putIfAbsent(owner, row);
        }
    }

    List<Responsibility> of(String owner) {
        asked.add(owner);
        return byOwner.getOrDefault(owner, List.of());
    }

    void reportUnknownOwners() {
        firstRow.forEach((owner, row) -> {
            if (!asked.contains(owner)) {
                cells.report(
                        row, "owner", owner, "there is no such unit or asset", "write the id of one; it was left out");
            }
        });
    }
}
