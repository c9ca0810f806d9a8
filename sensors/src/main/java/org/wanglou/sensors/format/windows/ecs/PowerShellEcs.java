package org.wanglou.sensors.format.windows.ecs;

import java.util.HashMap;
import java.util.Map;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;

/**
 * PowerShell's two channels: which host ran which engine, command and script for whom. 4103 tells it in lines of {@code name
 * = value} whose names are in the language of the system, the classic channel in its last, unnamed value. Pure.
 */
final class PowerShellEcs {
    private static final int LONGEST = 65_536;
    /** Names of the context of Chinese Windows. */
    private static final Map<String, String> CHINESE = Map.ofEntries(
            Map.entry("严重性", "Severity"),
            Map.entry("主机名", "HostName"),
            Map.entry("主机名称", "HostName"),
            Map.entry("主机版本", "HostVersion"),
            Map.entry("主机ID", "HostId"),
            Map.entry("主机应用程序", "HostApplication"),
            Map.entry("引擎版本", "EngineVersion"),
            Map.entry("运行空间ID", "RunspaceId"),
            Map.entry("管道ID", "PipelineId"),
            Map.entry("命令名称", "CommandName"),
            Map.entry("命令名", "CommandName"),
            Map.entry("命令类型", "CommandType"),
            Map.entry("脚本名称", "ScriptName"),
            Map.entry("脚本名", "ScriptName"),
            Map.entry("命令路径", "CommandPath"),
            Map.entry("序列号", "SequenceNumber"),
            Map.entry("用户", "User"),
            Map.entry("连接的用户", "ConnectedUser"),
            Map.entry("已连接的用户", "ConnectedUser"),
            Map.entry("外壳ID", "ShellId"));

    private PowerShellEcs() {}

    static void fill(String code, String service, Event.Builder event) {
        if (!WindowsAction.fill(service + '/' + code, event)) {
            WindowsAction.fill(code, event);
        }
        Map<String, String> said = new HashMap<>();
        String context = WindowsEcs.data(event, "ContextInfo");
        context = context.isEmpty() ? WindowsEcs.data(event, code.equals("800") ? "param2" : "param3") : context;
        context = context.isEmpty() ? WindowsEcs.data(event, "Data") : context;
        context = context.isEmpty() && !code.equals("4104") ? WindowsEcs.string(event, "message") : context;
        pairs(context, said);
        if (code.equals("400") || code.equals("403")) {
            said.putIfAbsent("NewEngineState", WindowsEcs.data(event, "param1"));
            said.putIfAbsent("PreviousEngineState", WindowsEcs.data(event, "param2"));
        }
        put(event, "powershell.engine.new_state", said, "NewEngineState");
        put(event, "powershell.engine.previous_state", said, "PreviousEngineState");
        put(event, "powershell.provider.new_state", said, "NewProviderState");
        put(event, "powershell.provider.name", said, "ProviderName");
        put(event, "powershell.engine.version", said, "EngineVersion");
        put(event, "powershell.process.executable_version", said, "HostVersion");
        put(event, "powershell.runspace_id", said, "RunspaceId");
        put(event, "powershell.pipeline_id", said, "PipelineId");
        put(event, "powershell.id", said, "ShellId");
        put(event, "powershell.command.name", said, "CommandName");
        put(event, "powershell.command.type", said, "CommandType");
        put(event, "powershell.command.path", said, "CommandPath");
        put(event, "powershell.command.value", said, "CommandLine");
        put(event, "process.title", said, "HostName");
        put(event, "process.entity_id", said, "HostId");
        WindowsEcs.absent(event, Ecs.PROCESS_COMMAND_LINE, said.getOrDefault("HostApplication", ""));
        WindowsEcs.arguments(event, Ecs.PROCESS_COMMAND_LINE, "process.args");
        number(event, "event.sequence", said.getOrDefault("SequenceNumber", ""));
        script(event, said);
        users(event, said);
    }

    private static void script(Event.Builder event, Map<String, String> said) {
        WindowsEcs.copy(event, "ScriptBlockText", "powershell.file.script_block_text");
        WindowsEcs.copy(event, "ScriptBlockId", "powershell.file.script_block_id");
        number(event, "powershell.sequence", WindowsEcs.data(event, "MessageNumber"));
        number(event, "powershell.total", WindowsEcs.data(event, "MessageTotal"));
        WindowsEcs.copy(event, "Path", Ecs.FILE_PATH);
        WindowsEcs.absent(event, Ecs.FILE_PATH, said.getOrDefault("ScriptName", ""));
        WindowsEcs.file(event);
    }

    /** A remote session acts for the user who connected, as the user of the host. */
    private static void users(Event.Builder event, Map<String, String> said) {
        String user = said.getOrDefault("User", said.getOrDefault("UserId", ""));
        String connected = said.getOrDefault("ConnectedUser", "");
        if (connected.indexOf('\\') > 0) {
            name(event, "source.user.", connected);
            name(event, "destination.user.", user);
        }
        name(event, "user.", connected.indexOf('\\') > 0 ? connected : user);
        WindowsEcs.absent(event, Ecs.USER_ID, WindowsEcs.string(event, "winlog.user.identifier"));
    }

    private static void name(Event.Builder event, String place, String account) {
        int backslash = account.indexOf('\\');
        if (backslash > 0) {
            WindowsEcs.absent(event, place + "domain", account.substring(0, backslash));
            WindowsEcs.absent(event, place + "name", account.substring(backslash + 1));
        }
    }

    private static void put(Event.Builder event, String field, Map<String, String> said, String name) {
        WindowsEcs.absent(event, field, said.getOrDefault(name, ""));
    }

    private static void number(Event.Builder event, String field, String value) {
        long number = Fill.whole(value);
        if (number >= 0 && event.get(field) == null) {
            event.set(field, number);
        }
    }

    /** Lines {@code Name = value} or {@code Name=value}; a relay may have put blanks for the line ends. */
    private static void pairs(String text, Map<String, String> said) {
        String bounded = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        String[] lines = bounded.indexOf('\n') >= 0 ? bounded.split("\n") : bounded.split("\\s{2,}");
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals > 0 && equals < 40) {
                String name = line.substring(0, equals).replaceAll("\\s", "");
                name = CHINESE.getOrDefault(name, name);
                name = name.endsWith("ID") ? name.substring(0, name.length() - 1) + 'd' : name;
                said.putIfAbsent(name, line.substring(equals + 1).strip());
            }
        }
    }
}
