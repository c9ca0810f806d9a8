package org.wanglou.sensors.format.windows.said;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Sysmon's messages, whose labels are the names of its fields in every language. Pure. */
final class SysmonMessage {
    private static final Set<String> NAMES =
            Set.of(("RuleName UtcTime ProcessGuid ProcessId Image FileVersion Description"
                            + " Product Company OriginalFileName CommandLine CurrentDirectory User LogonGuid LogonId"
                            + " TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ParentProcessId ParentImage"
                            + " ParentCommandLine ParentUser TargetFilename CreationUtcTime PreviousCreationUtcTime Protocol"
                            + " Initiated SourceIsIpv6 SourceIp SourceHostname SourcePort SourcePortName DestinationIsIpv6"
                            + " DestinationIp DestinationHostname DestinationPort DestinationPortName State Version"
                            + " SchemaVersion ImageLoaded Signed Signature SignatureStatus SourceProcessGuid SourceProcessId"
                            + " SourceImage TargetProcessGuid TargetProcessId TargetImage NewThreadId StartAddress StartModule"
                            + " StartFunction Device SourceProcessGUID SourceThreadId TargetProcessGUID GrantedAccess CallTrace"
                            + " SourceUser TargetUser EventType TargetObject Details NewName Hash Contents Configuration"
                            + " ConfigurationFileHash PipeName Operation EventNamespace Name Query Type Destination Consumer"
                            + " Filter QueryName QueryStatus QueryResults IsExecutable Archived Session ClientInfo ID")
                    .split(" "));

    private SysmonMessage() {}

    static Map<String, String> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        boolean lines = text.indexOf('\n') >= 0;
        String name = "";
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != ':' || i + 1 < text.length() && text.charAt(i + 1) > ' ') {
                continue;
            }
            int start = i;
            while (start > 0 && Character.isLetterOrDigit(text.charAt(start - 1)) && i - start < 32) {
                start--;
            }
            int before = start - 1;
            while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
                before--;
            }
            boolean begins = lines ? before < 0 || text.charAt(before) == '\n' : before < start - 1;
            if (begins && NAMES.contains(text.substring(start, i))) {
                put(fields, name, text.substring(from, start));
                name = text.substring(start, i);
                from = i + 1;
            }
        }
        put(fields, name, text.substring(from));
        return fields;
    }

    private static void put(Map<String, String> fields, String name, String said) {
        String value = said.strip();
        if (!name.isEmpty() && !value.isEmpty()) {
            fields.putIfAbsent(name, value);
        }
    }
}
