package org.wanglou.app.config;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every key there is: the reader knows no other, and the reference page is printed from this table. */
public final class Keys {
    private static final List<Key> ALL = List.of(
            new Key(
                    "node",
                    "wanglou",
                    "Stable name of this instance: lower-case letters, digits, dots and dashes. Part of the ledger's"
                            + " origin, so it cannot be changed later without starting a new ledger."),
            new Key(
                    "profile",
                    "small",
                    "`small` (4 partitions, 768 MiB of heap) or `medium` (8 partitions, 4 GiB). Partitions are fixed at"
                            + " the first start."),
            new Key(
                    "console.bind",
                    "127.0.0.1:8443",
                    "Address and port of the console (HTTPS with the instance's own certificate). Port 0 takes a free"
                            + " one."),
            new Key("sensors", "[]", "The sources of events, one entry each."),
            new Key(
                    "sensors[].name",
                    Key.REQUIRED,
                    "Unique name: lower-case letters, digits and dashes. Part of event ids and counters, so keep it."),
            new Key(
                    "sensors[].listener",
                    Key.REQUIRED,
                    "How events arrive: `udp`, `tcp`, `relp`, `lumberjack`, `http`, `kafka` or `file`."),
            new Key(
                    "sensors[].bind",
                    "",
                    "Address and port to listen on, such as `0.0.0.0:5514`; needed by all but `kafka` and `file`."
                            + " Port 0 takes a free one."),
            new Key(
                    "sensors[].path",
                    "",
                    "File, folder or pattern to follow, such as `/var/log/**/*.log`; needed by `file`."),
            new Key("sensors[].format", Key.REQUIRED, "How an event is written; `wanglou formats` lists the names."),
            new Key("sensors[].zone", "Asia/Shanghai", "Time zone of times that name none."),
            new Key(
                    "sensors[].organization",
                    "",
                    "Unit to which everything from this source belongs. Empty: attributed by address."),
            new Key(
                    "sensors[].exit",
                    "false",
                    "Whether the source is the exit of its `organization`: what it reports then belongs to the units below"
                            + " that its addresses name."),
            new Key(
                    "sensors[].kafka.servers",
                    "",
                    "`host:port` of a Kafka cluster, with commas between; needed by `kafka`."),
            new Key("sensors[].kafka.topics", "[]", "Topics to read; needed by `kafka`."),
            new Key("sensors[].kafka.group", "wanglou", "Consumer group: it keeps how far has been read."),
            new Key(
                    "sensors[].kafka.protocol",
                    "plaintext",
                    "`plaintext`, `ssl`, `sasl_plaintext` or `sasl_ssl`, as the cluster's listener has it."),
            new Key(
                    "sensors[].kafka.mechanism",
                    "SCRAM-SHA-512",
                    "`PLAIN`, `SCRAM-SHA-256` or `SCRAM-SHA-512`; counts with SASL."),
            new Key("sensors[].kafka.user", "", "User for SASL."),
            new Key("sensors[].kafka.password", "", "Secret. Password for SASL."),
            new Key(
                    "sensors[].kafka.authorities",
                    "",
                    "PEM file of the authorities that are believed. Empty: those of the Java platform."),
            new Key(
                    "sensors[].token",
                    "",
                    "Secret. Bearer token of an `http` source, 16 characters or more (`wanglou keys token` makes one)."),
            new Key(
                    "sensors[].charset",
                    "auto",
                    "Character set: `auto` (UTF-8, and GB18030 where the bytes are no UTF-8), `utf-8`, `gbk`, `gb18030`,"
                            + " `big5` … UTF-16 files are recognised by their mark."),
            new Key(
                    "sensors[].rate",
                    "0",
                    "Frames a second of the whole source at most; 0: no limit. Datagrams above it are dropped and"
                            + " counted, all other senders wait."),
            new Key("sensors[].ratePerPeer", "0", "The same for each sender's address; 0: no limit."),
            new Key(
                    "sensors[].allow",
                    "[]",
                    "Addresses and prefixes that may send; what comes from others is refused and counted. Empty: all."),
            new Key("sensors[].peers", "[]", "What is known of senders, one entry each; the longest prefix counts."),
            new Key("sensors[].peers[].address", Key.REQUIRED, "Address or prefix, IPv4 or IPv6."),
            new Key(
                    "sensors[].peers[].organization",
                    "",
                    "Unit to which what they send belongs; goes before the source's `organization`."),
            new Key("sensors[].peers[].name", "", "What they are called in `wanglou.peer`."),
            new Key(
                    "sensors[].multiline.pattern",
                    "",
                    "RE2 pattern of lines that belong to a neighbour, as Filebeat knows it; goes before the format's own"
                            + " rule. No look-around, no back references."),
            new Key("sensors[].multiline.negate", "false", "Whether the lines that do not match are meant."),
            new Key(
                    "sensors[].multiline.match",
                    "after",
                    "Where the lines meant belong: `after` the line they follow, or `before` the next."),
            new Key("sensors[].multiline.maxLines", "500", "Lines of one event, 2 to 2000."),
            new Key(
                    "sensors[].multiline.timeout",
                    "5",
                    "Seconds without a line after which an event is closed, 1 to 60."),
            new Key(
                    "sensors[].tls.certificate",
                    "",
                    "PEM file of the server's certificate and those above it, for `tcp` and `http`. Read at start."),
            new Key("sensors[].tls.key", "", "PEM file of its private key, PKCS #8, not encrypted."),
            new Key(
                    "sensors[].tls.clientAuthority",
                    "",
                    "PEM file of authorities: a client must show a certificate that one of them has issued."),
            new Key(
                    "sensors[].tls.units",
                    "[]",
                    "Client certificates that stand for a unit, one entry each. Without `clientAuthority` nobody else"
                            + " may connect."),
            new Key(
                    "sensors[].tls.units[].certificate",
                    Key.REQUIRED,
                    "PEM file of the client's certificate, or its SHA-256 in hexadecimal."),
            new Key("sensors[].tls.units[].organization", Key.REQUIRED, "Unit for which it stands."),
            new Key(
                    "notify.allow",
                    "[]",
                    "Exact `host:port` entries that may be called although their address is private or loopback."
                            + " Everything else private is refused."),
            new Key("notify.routes", "[]", "Who is told of incidents, one entry each."),
            new Key(
                    "notify.routes[].name",
                    Key.REQUIRED,
                    "Unique name. Part of message ids: a renamed route sends anew."),
            new Key("notify.routes[].notifier", "webhook", "Kind of notifier; `webhook` is the one there is."),
            new Key("notify.routes[].url", Key.REQUIRED, "Where to send to, `https://…` or `http://…`."),
            new Key(
                    "notify.routes[].organizations",
                    "[]",
                    "Only incidents of these units and of the units below them. Empty: all."),
            new Key(
                    "notify.routes[].minimum",
                    "low",
                    "Only incidents of this severity or graver: `informational`, `low`, `medium`, `high`, `critical`."),
            new Key(
                    "notify.routes[].secret",
                    Key.REQUIRED,
                    "Secret. Shared HMAC secret in the form of Standard Webhooks, `whsec_` and base64 of 24 to 64 bytes"
                            + " (`wanglou keys secret` makes one)."),
            new Key("packs", "[]", "Further folders of rule packs. Their problems are reported and the rest is used."),
            new Key("builtInPacks", "true", "Whether the packs of the distribution are used too."),
            new Key(
                    "registry.organizations",
                    "",
                    "CSV of units. Without a `registry` the files in the data directory's `registry` folder are used, if"
                            + " there are any (`wanglou assets import` puts them there)."),
            new Key("registry.assets", "", "CSV of assets; needs `registry.organizations`."),
            new Key("registry.contacts", "", "CSV of contacts; needs `registry.organizations`."),
            new Key(
                    "registry.portBlocks",
                    "",
                    "CSV of port blocks behind public addresses; needs `registry.organizations`."),
            new Key(
                    "privacy.enrolled",
                    "",
                    "List of enrolled pupils' numbers and names, one a line below a header: they are masked wherever they"
                            + " stand. Kept in memory as keyed hashes; read at start."),
            new Key(
                    "retentionDays",
                    "190",
                    "Days that events are kept in the archive. Fewer than 184 (the longest six calendar months) are"
                            + " refused: 网络安全法 第二十三条 (2025 年修正前第二十一条第三项; the new number is 待核)."));

    private static final Map<String, Key> BY_PATH =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Key::path, Function.identity()));

    private Keys() {}

    /** In the order of the reference page. */
    public static List<Key> all() {
        return ALL;
    }

    static Key at(String path) {
        Key key = BY_PATH.get(path);
        if (key == null) {
            throw new IllegalStateException("the key " + path + " is read but not in the table of keys");
        }
        return key;
    }

    /** The words that may stand in the map at that path; empty for the top. */
    static List<String> wordsIn(String path) {
        return ALL.stream()
                .map(key -> path.isEmpty()
                        ? key.path()
                        : key.path().startsWith(path + ".") ? key.path().substring(path.length() + 1) : "")
                .filter(rest -> !rest.isEmpty())
                .map(rest -> rest.replaceFirst("[.\\[].*", ""))
                .distinct()
                .toList();
    }

    /** The table of the reference page, in Markdown. */
    public static String markdown() {
        StringBuilder table = new StringBuilder("| key | when absent | meaning |\n|---|---|---|\n");
        for (Key key : ALL) {
            String absent = key.required() ? "required" : key.absent().isEmpty() ? "" : "`" + key.absent() + "`";
            table.append("| `" + key.path() + "` | " + absent + " | " + key.meaning() + " |\n");
        }
        return table.toString();
    }
}
