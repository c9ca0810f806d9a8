package org.wanglou.store.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wanglou.model.Addresses;
import org.wanglou.store.registry.CsvTable.Row;

/** Cells of one file to values, reporting those that are none. Confined to its thread. */
final class Cells {
    private final String file;
    private final List<RegistryProblem> problems;
    private final Map<String, String> prefixOwners = new HashMap<>();

    Cells(String file, List<RegistryProblem> problems) {
        this.file = file;
        this.problems = problems;
    }

    void report(Row row, String column, String value, String message, String remedy) {
        problems.add(new RegistryProblem(file, row.line(), column, value, message, remedy));
    }

    /** Parts of a cell separated by {@code ;} (either width) or line breaks. */
    static List<String> list(String cell) {
        return Arrays.stream(cell.split("[;；\\n]", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** The addresses or prefixes of a cell in canonical form; a bad one, or one that another row holds, is left out. */
    List<String> prefixes(Row row, String column, String owner) {
        List<String> good = new ArrayList<>();
        for (String part : list(row.get(column))) {
            String canonical = canonical(part);
            if (canonical.isEmpty()) {
                report(
                        row,
                        column,
                        part,
                        "not an address or prefix",
                        "write 10.1.0.0/16 or 2001:db8:1::/48, several separated by ;; it was left out");
                continue;
            }
            String other = prefixOwners.putIfAbsent(canonical, owner);
            if (other != null && !other.equals(owner)) {
                report(
                        row,
                        column,
                        part,
                        "belongs to " + other + " already",
                        "give it to one of " + other + " and " + owner + "; " + other + " keeps it");
            } else if (other == null) {
                good.add(canonical);
            }
        }
        return good;
    }

    /** With the bits beyond the prefix length cleared, so that equal prefixes are equal texts; empty when it is none. */
    private static String canonical(String prefix) {
        int slash = prefix.indexOf('/');
        byte[] bytes = Addresses.parse((slash < 0 ? prefix : prefix.substring(0, slash)).strip())
                .orElse(new byte[0]);
        String length = slash < 0
                ? Integer.toString(bytes.length * 8)
                : prefix.substring(slash + 1).strip();
        if (bytes.length == 0 || !length.matches("\\d{1,3}") || Integer.parseInt(length) > bytes.length * 8) {
            return "";
        }
        int bits = Integer.parseInt(length);
        for (int bit = bits; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return Addresses.format(bytes) + (bits == bytes.length * 8 ? "" : "/" + bits);
    }
}
