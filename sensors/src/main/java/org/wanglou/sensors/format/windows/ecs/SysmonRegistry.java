package org.wanglou.sensors.format.windows.ecs;

import java.util.List;
import java.util.Map;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;

/** {@code registry.*} of Sysmon's TargetObject and Details. Pure. */
final class SysmonRegistry {
    private static final Map<String, String> HIVES = Map.ofEntries(
            Map.entry("HKEY_CLASSES_ROOT", "HKCR"),
            Map.entry("HKCR", "HKCR"),
            Map.entry("HKEY_CURRENT_CONFIG", "HKCC"),
            Map.entry("HKCC", "HKCC"),
            Map.entry("HKEY_CURRENT_USER", "HKCU"),
            Map.entry("HKCU", "HKCU"),
            Map.entry("HKEY_LOCAL_MACHINE", "HKLM"),
            Map.entry("HKLM", "HKLM"),
            Map.entry("HKEY_USERS", "HKU"),
            Map.entry("HKU", "HKU"));

    private SysmonRegistry() {}

    static void fill(Event.Builder event) {
        String path = WindowsEcs.data(event, "TargetObject");
        if (path.isEmpty()) {
            return;
        }
        WindowsEcs.absent(event, "registry.path", path);
        int first = path.indexOf('\\');
        String hive = HIVES.getOrDefault(first < 0 ? path : path.substring(0, first), "");
        WindowsEcs.absent(event, "registry.hive", hive);
        if (!hive.isEmpty() && first > 0) {
            WindowsEcs.absent(event, "registry.key", path.substring(first + 1));
        }
        WindowsEcs.absent(event, "registry.value", path.substring(path.lastIndexOf('\\') + 1));
        String details = WindowsEcs.data(event, "Details");
        if (!Fill.absent(details) && event.get("registry.data.strings") == null) {
            data(event, details);
        }
    }

    /** {@code DWORD (0x00000001)}, {@code QWORD (0x00000000-0x00000001)}, {@code Binary Data} or the text itself. */
    private static void data(Event.Builder event, String details) {
        String type = "REG_SZ";
        String value = details;
        if (details.startsWith("DWORD (0x") && details.length() == 18) {
            type = "SZ_DWORD";
            value = hex(details.substring(9, 17), details);
        } else if (details.startsWith("QWORD (0x") && details.length() == 29) {
            type = "SZ_QWORD";
            value = hex(details.substring(9, 17) + details.substring(20, 28), details);
        } else if (details.equals("Binary Data")) {
            type = "REG_BINARY";
        }
        event.set("registry.data.type", type).set("registry.data.strings", List.of(value));
    }

    private static String hex(String digits, String otherwise) {
        try {
            return Long.toUnsignedString(Long.parseUnsignedLong(digits, 16));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
