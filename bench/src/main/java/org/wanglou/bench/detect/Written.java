package org.wanglou.bench.detect;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Lines as ordinary sources write them, the same for the same seed. */
final class Written {
    private static final List<String> SHELLS = List.of(
            "/usr/bin/python3 /opt/portal/manage.py runworker --queue mail%d",
            "/bin/sh -c /usr/lib/sysstat/debian-sa1 %d 1",
            "/usr/sbin/cron -f -L %d",
            "git fetch --quiet origin refs/heads/feature-%d",
            "/usr/bin/rsync -a --delete /srv/www/site%d/ backup:/srv/backup/",
            "tar -czf /var/backups/db-%d.tar.gz /var/lib/mysql",
            "/usr/lib/jvm/java-17/bin/java -Xmx2g -jar /opt/app/service-%d.jar --server.port=8080",
            "nginx: worker process %d",
            "sudo systemctl status app-%d.service",
            "grep -rn TODO /home/dev%d/src",
            "ls -la --color=auto /var/log/app%d",
            "/usr/bin/curl -s http://127.0.0.1:9100/metrics?seq=%d",
            "awk {print $%d} /var/log/nginx/access.log",
            "docker exec web%d supervisorctl status",
            "ssh -o BatchMode=yes node%d uptime",
            "mysqldump --single-transaction db%d");
    private static final List<String> PATHS = List.of(
            "/",
            "/index.html",
            "/news/list?page=%d",
            "/news/%d.html",
            "/static/js/app.%d.js",
            "/static/css/main.css?v=%d",
            "/images/banner-%d.jpg",
            "/api/v1/courses?term=%d",
            "/cas/login?service=https%%3A%%2F%%2Fjw.example.edu.cn%%2F%d",
            "/jwxt/student/%d/grades",
            "/library/search?q=history+%d&sort=year",
            "/download/form-%d.docx",
            "/favicon.ico",
            "/wp-content/uploads/2026/%d.png",
            "/api/v1/users/%d/messages",
            "/search?wd=%%E5%%9B%%BE%%E4%%B9%%A6%%E9%%A6%%86%d");
    private static final List<String> AGENTS = List.of(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_%d like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
            "Mozilla/5.0 (Linux; Android 14; M%d) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 MicroMessenger/8.0",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.%d Safari/605.1.15",
            "Mozilla/5.0 (X11; Linux x86_64; rv:%d.0) Gecko/20100101 Firefox/128.0");
    private static final List<String> LABELS = List.of(
            "www", "mail", "cdn", "static", "api", "update", "img", "login", "time", "ocsp", "push", "sso", "jw",
            "lib");
    private static final List<String> ZONES = List.of(
            "example.edu.cn",
            "school%d.example.cn",
            "cdn%d.example.net",
            "service%d.example.com",
            "10.in-addr.arpa",
            "app%d.cloud.example.org",
            "campus.example.edu",
            "video%d.example.com");

    private Written() {}

    private static String form(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    private static String pick(List<String> from, SplittableRandom random) {
        return form(from.get(random.nextInt(from.size())), random.nextInt(100_000));
    }

    private static String inside(SplittableRandom random) {
        return "10." + random.nextInt(64) + "." + random.nextInt(256) + "." + random.nextInt(1, 255);
    }

    private static String outside(SplittableRandom random) {
        return "198." + (18 + random.nextInt(2)) + "." + random.nextInt(256) + "." + random.nextInt(1, 255);
    }

    private static String clock(SplittableRandom random) {
        return form("%02d:%02d:%02d", random.nextInt(24), random.nextInt(60), random.nextInt(60));
    }

    static String linuxProcess(int i, SplittableRandom random) {
        String command = pick(SHELLS, random);
        String image = command.startsWith("/")
                ? command.replaceAll(" .*", "")
                : "/usr/bin/" + command.replaceAll("[ :].*", "");
        return form(
                "{\"@timestamp\":\"2026-11-24T%s.%03dZ\",\"event\":{\"category\":[\"process\"],\"type\":[\"start\"],"
                        + "\"dataset\":\"auditd.log\",\"module\":\"auditd\",\"action\":\"executed\"},\"host\":{\"name\":\"srv-%03d\","
                        + "\"os\":{\"type\":\"linux\"}},\"user\":{\"name\":\"u%d\"},\"process\":{\"pid\":%d,\"name\":\"%s\","
                        + "\"executable\":\"%s\",\"command_line\":\"%s\",\"working_directory\":\"/home/u%d\",\"parent\":{\"pid\":%d,"
                        + "\"executable\":\"/usr/bin/bash\",\"command_line\":\"-bash\"}}}",
                clock(random),
                i % 1000,
                random.nextInt(300),
                random.nextInt(5000),
                random.nextInt(65_000),
                image.substring(image.lastIndexOf('/') + 1),
                image,
                command,
                random.nextInt(5000),
                random.nextInt(65_000));
    }

    static String access(int i, SplittableRandom random) {
        return form(
                "%s - - [24/Nov/2026:%s +0800] \"%s %s HTTP/1.1\" %d %d \"%s\" \"%s\"",
                random.nextInt(4) == 0 ? outside(random) : inside(random),
                clock(random),
                random.nextInt(8) == 0 ? "POST" : "GET",
                pick(PATHS, random),
                random.nextInt(12) == 0 ? 404 : 200,
                100 + random.nextInt(90_000) + i % 3,
                random.nextInt(3) == 0 ? "-" : "https://www.example.edu.cn" + pick(PATHS, random),
                pick(AGENTS, random));
    }

    static String dnsmasq(int i, SplittableRandom random) {
        return form(
                "<30>Nov 24 %s gw%02d dnsmasq[%d]: query[%s] %s.%s from %s",
                clock(random),
                random.nextInt(20),
                1000 + i,
                random.nextInt(3) == 0 ? "AAAA" : "A",
                pick(LABELS, random),
                pick(ZONES, random),
                inside(random));
    }

    static String fortigate(int i, SplittableRandom random) {
        return form(
                "<189>date=2026-11-24 time=%s devname=\"FG-%02d\" devid=\"FG100E\" logid=\"0000000013\" type=\"traffic\" "
                        + "subtype=\"forward\" level=\"notice\" vd=\"root\" srcip=%s srcport=%d srcintf=\"lan\" dstip=%s dstport=%d "
                        + "dstintf=\"wan1\" proto=%d action=\"%s\" policyid=%d service=\"%s\" sentbyte=%d rcvdbyte=%d sessionid=%d",
                clock(random),
                random.nextInt(30),
                inside(random),
                1024 + random.nextInt(60_000),
                outside(random),
                List.of(80, 443, 53, 22, 3389, 445, 8080, 25).get(random.nextInt(8)),
                random.nextInt(3) == 0 ? 17 : 6,
                random.nextInt(9) == 0 ? "deny" : "accept",
                random.nextInt(200),
                List.of("HTTP", "HTTPS", "DNS", "SSH").get(random.nextInt(4)),
                random.nextInt(1_000_000),
                random.nextInt(9_000_000),
                i);
    }

    /** Digits and drive users exchanged. */
    static String varied(String text, SplittableRandom random) {
        StringBuilder varied = new StringBuilder(text.length());
        for (int j = 0; j < text.length(); j++) {
            char c = text.charAt(j);
            boolean inNumber = c >= '0'
                    && c <= '9'
                    && j > 1
                    && Character.isDigit(text.charAt(j - 1))
                    && Character.isDigit(text.charAt(j - 2));
            varied.append(inNumber ? (char) ('0' + random.nextInt(10)) : c);
        }
        return varied.toString().replaceAll("(?i)\\\\users\\\\[a-z]+", "\\\\Users\\\\u" + random.nextInt(10_000));
    }
}
