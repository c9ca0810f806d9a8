package org.wanglou.rules.indicators.warning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.read.Json;
import org.wanglou.rules.indicators.warning.Warninglists.Builder;
import org.wanglou.rules.indicators.warning.Warninglists.Kind;

/** Reads lists in the format of MISP's warning lists: {@code {name, type, matching_attributes, list}}. Stateless. */
public final class WarninglistReader {
    private static final JsonMapper JSON = Json.mapper();
    private static final List<String> BUILT_IN = List.of("own-networks", "resolvers", "updates");

    private WarninglistReader() {}

    /** Adds the lists of the distribution. */
    public static void builtIn(Builder builder) {
        for (String name : BUILT_IN) {
            String resource = "/intel/warninglists/" + name + ".json";
            try (InputStream in = WarninglistReader.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalStateException("the program is incomplete: " + resource + " is missing");
                }
                read(name, JSON.readTree(in), builder, problem -> {
                    throw new IllegalStateException("the program is damaged: " + problem);
                });
            } catch (IOException e) {
                throw new IllegalStateException("the program is damaged: " + resource, e);
            }
        }
    }

    /** Adds one list; entries that are none are told. Returns how many were added. */
    public static int read(String file, InputStream in, Builder builder, Consumer<RuleProblem> problems) {
        try {
            return read(file, JSON.readTree(in), builder, problems);
        } catch (IOException e) {
            problems.accept(new RuleProblem(file, 0, "cannot be read: " + Json.reason(e), "a JSON object is wanted"));
            return 0;
        }
    }

    private static int read(String file, JsonNode list, Builder builder, Consumer<RuleProblem> problems) {
        String name = list.path("name").asText(file);
        Kind kind;
        try {
            kind = Kind.valueOf(list.path("type").asText("string").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            problems.accept(new RuleProblem(
                    file,
                    0,
                    "unknown type of list: " + list.path("type").asText(),
                    "string, substring, hostname, cidr or regex"));
            return 0;
        }
        Set<IndicatorType> types = types(list.path("matching_attributes"));
        int added = 0;
        int position = 0;
        for (JsonNode entry : list.path("list")) {
            try {
                builder.add(name, kind, types, entry.asText());
                added++;
            } catch (IllegalArgumentException e) {
                problems.accept(new RuleProblem(
                        file, 0, "/list/" + position + ": " + e.getMessage(), "correct or remove the entry"));
            }
            position++;
        }
        return added;
    }

    private static Set<IndicatorType> types(JsonNode attributes) {
        Set<IndicatorType> types = EnumSet.noneOf(IndicatorType.class);
        for (JsonNode attribute : attributes) {
            for (String part : attribute.asText().split("\\|", -1)) {
                switch (part) {
                    case "ip-src", "ip-dst", "ip" -> types.add(IndicatorType.IP);
                    case "domain", "hostname" -> types.add(IndicatorType.DOMAIN);
                    case "url", "uri", "link" -> {
                        types.add(IndicatorType.URL);
                        types.add(IndicatorType.URL_PREFIX);
                    }
                    case "filename" -> types.add(IndicatorType.FILE_NAME);
                    case "user-agent" -> types.add(IndicatorType.USER_AGENT);
                    case "ja3-fingerprint-md5" -> types.add(IndicatorType.JA3);
                    default -> {
                        if (part.startsWith("email")) {
                            types.add(IndicatorType.EMAIL);
                        } else if (part.startsWith("x509")) {
                            types.add(IndicatorType.CERTIFICATE);
                        } else if (part.startsWith("md5") || part.startsWith("sha")) {
                            types.add(IndicatorType.HASH);
                        }
                    }
                }
            }
        }
        return attributes.isEmpty() ? EnumSet.allOf(IndicatorType.class) : types;
    }
}
