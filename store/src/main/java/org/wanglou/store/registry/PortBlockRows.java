package org.wanglou.store.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.wanglou.model.Addresses;
import org.wanglou.model.registry.PortBlock;
import org.wanglou.store.registry.CsvTable.Row;

/** Which unit stands behind which ports of an exit's public address. Confined to its thread. */
final class PortBlockRows {
    private final OrganizationRows units;
    private final Cells cells;
    private final Map<String, TreeMap<Integer, PortBlock>> taken = new HashMap<>();

    PortBlockRows(OrganizationRows units, List<RegistryProblem> problems) {
        this.units = units;
        this.cells = new Cells(RegistryLoader.PORT_BLOCKS, problems);
    }

    /** By address and first port, whatever the order of the rows. */
    List<PortBlock> read(CsvTable table) {
        table.rows().forEach(this::read);
        List<PortBlock> blocks = new ArrayList<>();
        new TreeMap<>(taken).values().forEach(of -> blocks.addAll(of.values()));
        return blocks;
    }

    private void read(Row row) {
        String unit = row.get("organization");
        if (!units.has(unit)) {
            cells.report(
                    row,
                    "organization",
                    unit,
                    "there is no such unit",
                    "add it to organizations.csv; the row was left out");
            return;
        }
        String address =
                Addresses.parse(row.get("address")).map(Addresses::format).orElse("");
        if (address.isEmpty()) {
            cells.report(
                    row,
                    "address",
                    row.get("address"),
                    "not one address",
                    "write one such as 203.0.113.7; the row was left out");
            return;
        }
        int first = port(row, "first_port");
        int last = port(row, "last_port");
        if (first == 0 || last == 0) {
            return;
        }
        if (first > last) {
            cells.report(
                    row,
                    "last_port",
                    row.get("last_port"),
                    "lies below the first port",
                    "exchange them; the row was left out");
            return;
        }
        TreeMap<Integer, PortBlock> of = taken.computeIfAbsent(address, known -> new TreeMap<>());
        Map.Entry<Integer, PortBlock> before = of.floorEntry(last);
        if (before != null && before.getValue().last() >= first) {
            PortBlock other = before.getValue();
            cells.report(
                    row,
                    "first_port",
                    row.get("first_port"),
                    "overlaps " + other.first() + " to " + other.last() + " of " + other.organization(),
                    "give each port to one of " + other.organization() + " and " + unit + "; " + other.organization()
                            + " keeps them, the row was left out");
            return;
        }
        of.put(first, new PortBlock(unit, address, first, last));
    }

    /** 0, and reported, when the cell is no port. */
    private int port(Row row, String column) {
        String cell = row.get(column);
        int port = cell.matches("\\d{1,5}") ? Integer.parseInt(cell) : 0;
        if (port < 1 || port > 65_535) {
            cells.report(row, column, cell, "not a port", "write 1 to 65535; the row was left out");
            return 0;
        }
        return port;
    }
}
