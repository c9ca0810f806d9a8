package org.wanglou.rules.sigma.match.index;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How likely an ordinary event holds a text: by its length, and by whether it stands in a sample of what ordinary events say. Only
 * speed depends on it. Stateless.
 */
final class Commonplace {
    private static final String SAMPLE = String.join(
                    "\n",
                    "c:\\windows\\system32\\svchost.exe -k netsvcs -p -s schedule",
                    "c:\\windows\\system32\\cmd.exe /c \"c:\\program files\\common files\\update.bat\"",
                    "c:\\windows\\system32\\windowspowershell\\v1.0\\powershell.exe -noprofile -executionpolicy bypass -file",
                    "c:\\windows\\syswow64\\rundll32.exe c:\\windows\\system32\\shell32.dll,control_rundll",
                    "c:\\program files (x86)\\google\\chrome\\application\\chrome.exe --type=renderer --lang=en-us",
                    "c:\\windows\\explorer.exe c:\\users\\administrator\\appdata\\local\\temp\\setup.tmp /silent /install",
                    "c:\\windows\\system32\\services.exe c:\\windows\\system32\\lsass.exe wmiprvse.exe conhost.exe 0xffffffff",
                    "c:\\programdata\\microsoft\\windows defender\\platform\\msmpeng.exe taskhostw.exe net.exe reg.exe add",
                    "hklm\\software\\microsoft\\windows\\currentversion\\run hkey_local_machine\\system\\currentcontrolset\\services",
                    "nt authority\\system microsoft corporation microsoft windows operating system 10.0.19041.1",
                    "microsoft-windows-sysmon/operational security system application microsoft-windows-security-auditing",
                    "/usr/bin/bash -c /bin/sh /usr/sbin/cron -f /usr/bin/python3 /opt/app/main.py --config /etc/app.conf",
                    "/usr/bin/curl -s http://127.0.0.1:8080/health /var/log/syslog /tmp/file /home/user/.ssh /root /dev/null",
                    "sudo systemctl restart nginx ls -la grep -r cat /etc/passwd chmod +x /usr/lib/systemd/systemd --user",
                    "https://www.example.edu.cn/index.php?id=1&page=2 /static/js/app.js /images/logo.png /api/v1/users /login",
                    "mozilla/5.0 (windows nt 10.0; win64; x64) applewebkit/537.36 (khtml, like gecko) chrome/120.0.0.0 safari/537.36",
                    "get post head http/1.1 200 404 302 text/html application/json www.google.com cdn.example.com",
                    "accepted password for root from 192.168.1.10 port 22 ssh2 session opened for user pam_unix(sshd:session)",
                    "failed allow deny accept drop success failure connection closed tcp udp outbound inbound true false error")
            + "\n";
    private static final Set<String> WORDS = Set.of(
            ("- get post head tcp udp system administrator root success failure true false allow deny accept drop security "
                            + "application windows linux microsoft-windows-sysmon/operational microsoft-windows-security-auditing "
                            + "microsoft-windows-sysmon nt_authority high medium s-1-5-18 a aaaa connection-start start end "
                            + "process network authentication inbound outbound in out permit execve syscall path proctitle")
                    .split(" "));
    private static final Set<Integer> NUMBERS = Set.of(
            0, 1, 2, 3, 5, 6, 7, 10, 11, 12, 13, 17, 22, 25, 53, 80, 200, 302, 304, 404, 443, 445, 3389, 4103, 4104,
            4624, 4625, 4634, 4656, 4658, 4663, 4672, 4688, 4689, 4690, 4703, 5156, 5158, 8080);
    private static final double[] BYTES = bytes();
    private static final Map<Integer, Double> BY_LENGTH = new HashMap<>();

    static {
        double[] chances = {1, 0.5, 0.15, 0.03, 0.008, 0.003};
        for (int i = 0; i < chances.length; i++) {
            BY_LENGTH.put(i, chances[i]);
        }
    }

    private Commonplace() {}

    private static double[] bytes() {
        double[] share = new double[256];
        byte[] sample = SAMPLE.getBytes(StandardCharsets.US_ASCII);
        for (byte b : sample) {
            share[b & 0xff] += 1.0 / sample.length;
        }
        return share;
    }

    /** The share of a byte among those of values. */
    static double share(byte b) {
        return BYTES[b & 0xff] + 0.0005;
    }

    /** The chance that an event has what is needed, in the field where it is needed. */
    static double chance(Need need) {
        if (need.kind() == Need.Kind.NUMBER) {
            return NUMBERS.contains((int) need.number()) ? 0.2 : 0.01;
        }
        int length = need.text().length;
        if (need.kind() == Need.Kind.WHOLE) {
            return WORDS.contains(new String(need.text(), StandardCharsets.ISO_8859_1)) ? 0.2 : 0.002;
        }
        double chance = BY_LENGTH.getOrDefault(length, 0.001);
        if (length == 1) {
            chance = Math.min(1, share(need.text()[0]) * 60);
        } else if (length < 40 && SAMPLE.contains(new String(need.text(), StandardCharsets.ISO_8859_1))) {
            chance = Math.max(chance, 0.15);
        }
        return need.kind() == Need.Kind.PART ? chance : chance / 2;
    }
}
