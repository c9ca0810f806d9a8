package org.wanglou.sensors.format.windows;

import java.util.Set;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Words;

/** The Security channel and its neighbours: whose account acted, on which, through which process. Pure. */
final class SecurityEcs {
    /** Events in which the account that matters is the target: somebody logged on, whoever asked for it. */
    private static final Set<String> BY_TARGET =
            Set.of("4624", "4625", "4634", "4647", "4768", "4769", "4770", "4771", "4776");

    private static final Set<String> FAILURES = Set.of("4625", "4771");

    private SecurityEcs() {}

    static void fill(String code, String service, Event.Builder event) {
        boolean known = service.equals("security") || service.equals("system") || service.equals("eventlog");
        if (!WindowsAction.fill(service + '/' + code, event) && known) {
            WindowsAction.fill(code, event);
        }
        if (FAILURES.contains(code)) {
            WindowsEcs.absent(event, Ecs.EVENT_OUTCOME, Words.FAILURE);
        }
        if (BY_TARGET.contains(code)) {
            account(event, "Target");
        } else {
            account(event, "Subject");
            String target = WindowsEcs.data(event, "TargetUserName");
            if (!target.isEmpty() && !target.equals("-") && event.get(Ecs.USER_NAME) != null) {
                WindowsEcs.absent(event, Ecs.USER_TARGET_NAME, target);
                WindowsEcs.copy(event, "TargetDomainName", "user.target.domain");
                WindowsEcs.copy(event, "TargetSid", "user.target.id");
            }
        }
        WindowsEcs.copy(event, "LogonType", "winlog.logon.type");
        WindowsEcs.copy(event, "WorkstationName", Ecs.SOURCE_DOMAIN);
        WindowsEcs.copy(event, "Workstation", Ecs.SOURCE_DOMAIN);
        WindowsEcs.copy(event, "ServiceName", "service.name");
        WindowsEcs.copy(event, "Path", Ecs.FILE_PATH);
        process(code, event);
        if (code.startsWith("515")) {
            network(event);
        }
    }

    private static void account(Event.Builder event, String side) {
        WindowsEcs.copy(event, side + "UserName", Ecs.USER_NAME);
        WindowsEcs.copy(event, side + "DomainName", Ecs.USER_DOMAIN);
        WindowsEcs.copy(event, side + "UserSid", Ecs.USER_ID);
        if (side.equals("Target")) {
            WindowsEcs.copy(event, "TargetSid", Ecs.USER_ID);
        }
    }

    private static void process(String code, Event.Builder event) {
        if (code.equals("4688")) {
            WindowsEcs.program(event, "NewProcessName", Ecs.PROCESS_EXECUTABLE, Ecs.PROCESS_NAME);
            WindowsEcs.pid(event, "NewProcessId", Ecs.PROCESS_PID);
            WindowsEcs.program(event, "ParentProcessName", Ecs.PROCESS_PARENT_EXECUTABLE, Ecs.PROCESS_PARENT_NAME);
            WindowsEcs.pid(event, "ProcessId", Ecs.PROCESS_PARENT_PID);
            return;
        }
        WindowsEcs.program(event, "ProcessName", Ecs.PROCESS_EXECUTABLE, Ecs.PROCESS_NAME);
        WindowsEcs.program(event, "Application", Ecs.PROCESS_EXECUTABLE, Ecs.PROCESS_NAME);
        WindowsEcs.pid(event, "ProcessId", Ecs.PROCESS_PID);
        WindowsEcs.pid(event, "ProcessID", Ecs.PROCESS_PID);
    }

    private static void network(Event.Builder event) {
        Words.transport(event, WindowsEcs.data(event, "Protocol"));
        String direction = WindowsEcs.data(event, "Direction");
        if (direction.equals("%%14592") || direction.equalsIgnoreCase("Inbound")) {
            event.set(Ecs.NETWORK_DIRECTION, "ingress");
        } else if (direction.equals("%%14593") || direction.equalsIgnoreCase("Outbound")) {
            event.set(Ecs.NETWORK_DIRECTION, "egress");
        }
    }
}
