package org.wanglou.sensors.format.vary;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One event as Windows keeps it, with random values.
 *
 * @param keywords the bits
 * @param word what Windows renders of them, empty for none
 * @param data EventData, or UserData where {@code xmlName} is not empty; names beginning with {@code param} are unnamed
 */
record WindowsRecord(
        int code,
        String provider,
        String guid,
        String channel,
        int level,
        int task,
        String taskName,
        String keywords,
        String word,
        long id,
        int pid,
        int tid,
        String computer,
        String sid,
        Instant time,
        Map<String, String> data,
        String xmlName) {
    private static final String SECURITY = "Microsoft-Windows-Security-Auditing";
    private static final String SYSMON = "Microsoft-Windows-Sysmon";
    private static final String SUBJECT =
            "SubjectUserSid=sid SubjectUserName=user SubjectDomainName=domain SubjectLogonId=hex ";

    /** {@code code provider task taskName: field=kind …}. */
    private static final String[] SECURITY_EVENTS = {
        "4624 12544 Logon: " + SUBJECT + "TargetUserSid=sid TargetUserName=user TargetDomainName=domain"
                + " TargetLogonId=hex LogonType=type LogonProcessName=word AuthenticationPackageName=word"
                + " WorkstationName=host LogonGuid=guid TransmittedServices=- LmPackageName=- KeyLength=small"
                + " ProcessId=hex ProcessName=exe IpAddress=ip IpPort=port ImpersonationLevel=%%1833",
        "4625 12544 Logon: " + SUBJECT + "TargetUserSid=sid TargetUserName=user TargetDomainName=domain"
                + " Status=0xc000006d FailureReason=%%2313 SubStatus=0xc000006a LogonType=type LogonProcessName=word"
                + " AuthenticationPackageName=word WorkstationName=host ProcessId=hex ProcessName=exe IpAddress=ip"
                + " IpPort=port",
        "4634 12545 Logoff: TargetUserSid=sid TargetUserName=user TargetDomainName=domain TargetLogonId=hex"
                + " LogonType=type",
        "4648 12544 Logon: " + SUBJECT + "LogonGuid=guid TargetUserName=user TargetDomainName=domain"
                + " TargetLogonGuid=guid TargetServerName=host ProcessId=hex ProcessName=exe IpAddress=ip IpPort=port",
        "4672 12548 Special_Logon: " + SUBJECT + "PrivilegeList=privileges",
        "4688 13312 Process_Creation: " + SUBJECT + "NewProcessId=hex NewProcessName=exe TokenElevationType=%%1936"
                + " ProcessId=hex CommandLine=command TargetUserSid=sid TargetUserName=user TargetDomainName=domain"
                + " TargetLogonId=hex ParentProcessName=exe MandatoryLabel=S-1-16-12288",
        "4697 12289 Security_System_Extension: " + SUBJECT + "ServiceName=word ServiceFileName=exe ServiceType=0x10"
                + " ServiceStartType=small ServiceAccount=user",
        "4698 12804 Other_Object_Access_Events: " + SUBJECT + "TaskName=path TaskContent=xml",
        "4702 12804 Other_Object_Access_Events: " + SUBJECT + "TaskName=path TaskContentNew=xml",
        "4720 13824 User_Account_Management: TargetUserName=user TargetDomainName=domain TargetSid=sid " + SUBJECT
                + "PrivilegeList=- SamAccountName=user DisplayName=user UserPrincipalName=- HomeDirectory=- HomePath=-"
                + " PrimaryGroupId=small OldUacValue=0x0 NewUacValue=0x15",
        "4722 13824 User_Account_Management: TargetUserName=user TargetDomainName=domain TargetSid=sid " + SUBJECT,
        "4724 13824 User_Account_Management: TargetUserName=user TargetDomainName=domain TargetSid=sid " + SUBJECT,
        "4726 13824 User_Account_Management: TargetUserName=user TargetDomainName=domain TargetSid=sid " + SUBJECT
                + "PrivilegeList=-",
        "4738 13824 User_Account_Management: TargetUserName=user TargetDomainName=domain TargetSid=sid " + SUBJECT
                + "PrivilegeList=- SamAccountName=user DisplayName=user",
        "4728 13826 Security_Group_Management: MemberName=dn MemberSid=sid TargetUserName=user"
                + " TargetDomainName=domain TargetSid=sid " + SUBJECT + "PrivilegeList=-",
        "4732 13826 Security_Group_Management: MemberName=- MemberSid=sid TargetUserName=user"
                + " TargetDomainName=domain TargetSid=sid " + SUBJECT + "PrivilegeList=-",
        "4740 13824 User_Account_Management: TargetUserName=user TargetDomainName=host TargetSid=sid " + SUBJECT,
        "4768 14339 Kerberos_Authentication_Service: TargetUserName=user TargetDomainName=domain TargetSid=sid"
                + " ServiceName=word ServiceSid=sid TicketOptions=0x40810010 Status=0x0 TicketEncryptionType=0x12"
                + " PreAuthType=small IpAddress=ip IpPort=port",
        "4769 14337 Kerberos_Service_Ticket_Operations: TargetUserName=user TargetDomainName=domain ServiceName=word"
                + " ServiceSid=sid TicketOptions=0x40810000 TicketEncryptionType=0x17 IpAddress=ip IpPort=port"
                + " Status=0x0 LogonGuid=guid TransmittedServices=-",
        "4771 14339 Kerberos_Authentication_Service: TargetUserName=user TargetSid=sid ServiceName=word"
                + " TicketOptions=0x40810010 Status=0x18 PreAuthType=small IpAddress=ip IpPort=port",
        "4776 14336 Credential_Validation: PackageName=word TargetUserName=user Workstation=host Status=0xc0000064",
        "5140 12808 File_Share: " + SUBJECT + "ObjectType=File IpAddress=ip IpPort=port ShareName=share"
                + " ShareLocalPath=exe AccessMask=0x1",
        "5145 12811 Detailed_File_Share: " + SUBJECT + "ObjectType=File IpAddress=ip IpPort=port ShareName=share"
                + " ShareLocalPath=exe RelativeTargetName=path AccessMask=0x12019f",
    };

    private static final String[] SYSMON_EVENTS = {
        "1: RuleName=word UtcTime=utc ProcessGuid=guid ProcessId=pid Image=exe OriginalFileName=word"
                + " CommandLine=command CurrentDirectory=path User=account Hashes=hashes ParentProcessGuid=guid"
                + " ParentProcessId=pid ParentImage=exe ParentCommandLine=command",
        "3: UtcTime=utc ProcessGuid=guid ProcessId=pid Image=exe User=account Protocol=tcp Initiated=true"
                + " SourceIsIpv6=false SourceIp=ip SourceHostname=host SourcePort=port DestinationIsIpv6=false"
                + " DestinationIp=ip DestinationHostname=host DestinationPort=port DestinationPortName=https",
        "7: UtcTime=utc ProcessGuid=guid ProcessId=pid Image=exe ImageLoaded=exe Description=user Hashes=hashes"
                + " Signed=true Signature=user SignatureStatus=Valid",
        "10: UtcTime=utc SourceProcessGUID=guid SourceProcessId=pid SourceThreadId=pid SourceImage=exe"
                + " TargetProcessGUID=guid TargetProcessId=pid TargetImage=exe GrantedAccess=0x1fffff CallTrace=path"
                + " SourceUser=account TargetUser=account",
        "11: UtcTime=utc ProcessGuid=guid ProcessId=pid Image=exe TargetFilename=exe CreationUtcTime=utc User=account",
        "13: EventType=SetValue UtcTime=utc ProcessGuid=guid ProcessId=pid Image=exe TargetObject=key Details=dword"
                + " User=account",
        "17: EventType=CreatePipe UtcTime=utc ProcessGuid=guid ProcessId=pid PipeName=path Image=exe",
        "22: UtcTime=utc ProcessGuid=guid ProcessId=pid QueryName=host QueryStatus=0 QueryResults=results Image=exe",
        "23: UtcTime=utc ProcessGuid=guid ProcessId=pid User=account Image=exe TargetFilename=exe Hashes=hashes"
                + " IsExecutable=true Archived=true",
        "25: UtcTime=utc ProcessGuid=guid ProcessId=pid Image=exe Type=word User=account",
    };

    static List<WindowsRecord> all(Random random) {
        List<WindowsRecord> all = new ArrayList<>();
        for (String event : SECURITY_EVENTS) {
            String[] parts = event.split(": ", 2);
            String[] head = parts[0].split(" ", 3);
            boolean failure = List.of("4625", "4771", "4776").contains(head[0]);
            all.add(record(
                    random,
                    Integer.parseInt(head[0]),
                    SECURITY,
                    "54849625-5478-4994-A5BA-3E3B0328C30D",
                    "Security",
                    0,
                    Integer.parseInt(head[1]),
                    head[2].replace('_', ' '),
                    failure ? "0x8010000000000000" : "0x8020000000000000",
                    failure ? "Audit Failure" : "Audit Success",
                    "",
                    parts[1]));
        }
        for (String event : SYSMON_EVENTS) {
            String[] parts = event.split(": ", 2);
            int code = Integer.parseInt(parts[0]);
            all.add(record(
                    random,
                    code,
                    SYSMON,
                    "5770385F-C22A-43E0-BF4C-06F5698FFBD9",
                    SYSMON + "/Operational",
                    4,
                    code,
                    "",
                    "0x8000000000000000",
                    "",
                    "",
                    parts[1]));
        }
        all.add(record(
                random,
                1102,
                "Microsoft-Windows-Eventlog",
                "FC65DDD8-D6EF-4962-83D5-6E5CFE9CE148",
                "Security",
                4,
                104,
                "Log clear",
                "0x4020000000000000",
                "Audit Success",
                "LogFileCleared",
                SUBJECT));
        all.add(record(
                random,
                7045,
                "Service Control Manager",
                "555908D1-A6D7-4695-8E1E-26931D2012F4",
                "System",
                4,
                0,
                "",
                "0x8080000000000000",
                "Classic",
                "",
                "ServiceName=user ImagePath=exe ServiceType=user StartType=user AccountName=word"));
        powershell(random, all);
        for (int code : new int[] {1116, 1117, 5001}) {
            all.add(record(
                    random,
                    code,
                    "Microsoft-Windows-Windows Defender",
                    "11CD958A-C507-4EF3-B3F2-5FD9DFBD2C78",
                    "Microsoft-Windows-Windows Defender/Operational",
                    code == 1116 ? 3 : 4,
                    0,
                    "",
                    "0x8000000000000000",
                    "",
                    "",
                    code == 5001
                            ? "Product_Name=user Product_Version=word"
                            : "Product_Name=user Detection_ID=guid Threat_ID=pid Threat_Name=word Severity_Name=word"
                                    + " Category_Name=word Path=defender Process_Name=exe Detection_User=account"
                                    + " Action_Name=word"));
        }
        return all;
    }

    private static void powershell(Random random, List<WindowsRecord> all) {
        String provider = "Microsoft-Windows-PowerShell";
        String guid = "A0C1853B-5C40-4B15-8766-3CF1C58F985A";
        all.add(record(
                random,
                4103,
                provider,
                guid,
                provider + "/Operational",
                4,
                106,
                "Executing Pipeline",
                "0x0",
                "",
                "",
                "ContextInfo=context Payload=user"));
        all.add(record(
                random,
                4104,
                provider,
                guid,
                provider + "/Operational",
                5,
                2,
                "Execute a Remote Command",
                "0x0",
                "",
                "",
                "MessageNumber=1 MessageTotal=1 ScriptBlockText=script ScriptBlockId=bare Path=exe"));
        all.add(record(
                random,
                400,
                "PowerShell",
                "",
                "Windows PowerShell",
                4,
                4,
                "Engine Lifecycle",
                "0x80000000000000",
                "Classic",
                "",
                "param1=Available param2=None param3=engine"));
    }

    private static WindowsRecord record(
            Random random,
            int code,
            String provider,
            String guid,
            String channel,
            int level,
            int task,
            String taskName,
            String keywords,
            String word,
            String xmlName,
            String fields) {
        Map<String, String> data = new LinkedHashMap<>();
        for (String field : fields.strip().split(" ")) {
            int equals = field.indexOf('=');
            String name = field.substring(0, equals);
            data.put(
                    provider.contains("Defender") ? name.replace('_', ' ') : name,
                    WindowsValue.of(field.substring(equals + 1), random));
        }
        Instant time = Instant.parse("2026-11-24T02:00:00Z").plusMillis(random.nextInt(3_000_000));
        return new WindowsRecord(
                code,
                provider,
                guid,
                channel,
                level,
                task,
                taskName,
                keywords,
                word,
                1 + random.nextInt(9_000_000),
                4 + random.nextInt(60_000),
                8 + random.nextInt(60_000),
                WindowsValue.of("host", random) + ".example.edu.cn",
                "S-1-5-18",
                time,
                data,
                xmlName);
    }
}
