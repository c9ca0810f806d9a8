package org.wanglou.sensors.format.vary;

import java.util.Random;

/** Values of the kinds that Windows events hold, drawn at random. */
final class WindowsValue {
    private static final String[] USERS = {"li", "王老师", "Administrator", "svc_backup", "zhang san", "PC-07$", "o'neil"};
    private static final String[] EXES = {
        "C:\\Windows\\System32\\cmd.exe",
        "C:\\Program Files\\教务\\jw.exe",
        "D:\\工具\\a & b\\run.exe",
        "\\\\srv01\\share\\x.dll"
    };

    private WindowsValue() {}

    static String of(String kind, Random random) {
        return switch (kind) {
            case "sid" -> "S-1-5-21-" + number(random) + '-' + number(random) + '-' + (500 + random.nextInt(3000));
            case "user" -> USERS[random.nextInt(USERS.length)];
            case "domain" -> random.nextBoolean() ? "EXAMPLE" : "市一中";
            case "account" -> "EXAMPLE\\" + of("user", random);
            case "host" -> (random.nextBoolean() ? "PC" : "srv-") + random.nextInt(100);
            case "word" -> "W" + Integer.toString(random.nextInt(1_000_000), 36);
            case "small" -> Integer.toString(random.nextInt(600));
            case "pid" -> Integer.toString(4 + random.nextInt(65_000));
            case "port" -> Integer.toString(1024 + random.nextInt(60_000));
            case "type" -> Integer.toString(2 + random.nextInt(2));
            case "hex" -> "0x" + Integer.toHexString(1 + random.nextInt(1 << 28));
            case "ip" ->
                random.nextInt(3) == 0
                        ? "2001:db8::" + (1 + random.nextInt(9))
                        : "203.0.113." + (1 + random.nextInt(250));
            case "exe" -> EXES[random.nextInt(EXES.length)];
            case "path" -> "\\Microsoft\\更新" + random.nextInt(99);
            case "share" -> "\\\\*\\教务" + random.nextInt(9);
            case "command" -> "\"C:\\Program Files\\a.exe\" /c \"echo <1> & dir\" -n " + random.nextInt(99);
            case "guid" -> '{' + of("bare", random) + '}';
            case "bare" -> new java.util.UUID(random.nextLong(), random.nextLong()).toString();
            case "utc" -> "2026-11-24 02:00:0" + random.nextInt(10) + ".123";
            case "hashes" -> "SHA256=" + "0A".repeat(31) + hex2(random) + ",IMPHASH=" + "1B".repeat(15) + hex2(random);
            case "key" -> "HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\v" + random.nextInt(99);
            case "dword" -> "DWORD (0x0000000" + random.nextInt(10) + ')';
            case "results" -> "type:  5 a.example.edu.cn;::ffff:192.0.2." + random.nextInt(250) + ';';
            case "dn" -> "CN=张三,OU=teachers,DC=example,DC=edu";
            case "privileges" -> "SeSecurityPrivilege\n\t\t\tSeBackupPrivilege\n\t\t\tSeDebugPrivilege";
            case "xml" ->
                "<?xml version=\"1.0\"?><Task><Exec><Command>a" + random.nextInt(99) + "</Command></Exec></Task>";
            case "defender" -> "file:_C:\\Users\\li\\下载\\eicar" + random.nextInt(9) + ".com";
            case "script" -> "$a = 'x" + random.nextInt(99) + "'\nWrite-Host $a";
            case "context" ->
                "        Severity = Informational\n        Host Name = ConsoleHost\n        Host Version = 5.1."
                        + random.nextInt(99) + "\n        Host ID = " + of("bare", random)
                        + "\n        Host Application = powershell.exe -nop\n        Engine Version = 5.1\n"
                        + "        Pipeline ID = 9\n        Command Name = Get-Item\n        Command Type = Cmdlet\n"
                        + "        Sequence Number = 22\n        User = EXAMPLE\\li\n        Shell ID = Microsoft.PowerShell";
            case "engine" ->
                "\tNewEngineState=Available\n\tPreviousEngineState=None\n\n\tSequenceNumber=13\n\n\tHostName=ConsoleHost\n"
                        + "\tHostVersion=5.1." + random.nextInt(99) + "\n\tHostId=" + of("bare", random)
                        + "\n\tHostApplication=powershell.exe -nop\n\tEngineVersion=5.1\n\tRunspaceId="
                        + of("bare", random);
            default -> kind;
        };
    }

    private static String number(Random random) {
        return Integer.toString(1 + random.nextInt(Integer.MAX_VALUE - 1));
    }

    private static String hex2(Random random) {
        return String.format("%02X", 1 + random.nextInt(255));
    }
}
