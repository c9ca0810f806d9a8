package org.wanglou.sensors.format.windows.ecs;

import org.wanglou.model.Ecs;
import org.wanglou.model.Event;

/** Windows Defender: which threat, in which file, found while which process ran for whom. Pure. */
final class DefenderEcs {
    private DefenderEcs() {}

    static void fill(String code, Event.Builder event) {
        WindowsAction.fill("windefend/" + code, event);
        WindowsEcs.copy(event, "Threat Name", Ecs.RULE_NAME);
        WindowsEcs.copy(event, "Threat ID", Ecs.RULE_ID);
        WindowsEcs.copy(event, "Category Name", Ecs.RULE_CATEGORY);
        String process = WindowsEcs.data(event, "Process Name");
        if (!process.equals("Unknown") && !process.equals("未知")) {
            WindowsEcs.program(event, "Process Name", Ecs.PROCESS_EXECUTABLE, Ecs.PROCESS_NAME);
        }
        String user = WindowsEcs.data(event, "Detection User");
        int backslash = user.indexOf('\\');
        if (backslash > 0) {
            WindowsEcs.absent(event, Ecs.USER_DOMAIN, user.substring(0, backslash));
            WindowsEcs.absent(event, Ecs.USER_NAME, user.substring(backslash + 1));
        }
        file(event);
    }

    /** {@code file:_C:\a\b.exe; process:_pid:12,…}: the first file. */
    private static void file(Event.Builder event) {
        for (String resource : WindowsEcs.data(event, "Path").split(";", 32)) {
            String text = resource.strip();
            if (text.startsWith("file:_") || text.startsWith("containerfile:_")) {
                String path = text.substring(text.indexOf('_') + 1);
                int inside = path.indexOf("->");
                WindowsEcs.absent(event, Ecs.FILE_PATH, inside > 0 ? path.substring(0, inside) : path);
                WindowsEcs.file(event);
                return;
            }
        }
    }
}
