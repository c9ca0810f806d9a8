package org.wanglou.rules.indicators.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.wanglou.rules.indicators.Indicator;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.Origin;
import org.wanglou.rules.indicators.pattern.Literals;
import org.wanglou.rules.indicators.pattern.StixPattern;

/**
 * STIX 2.0 and 2.1: bundles, TAXII envelopes, arrays and single objects. Goes over the text twice: first for who says it,
 * how it may be passed on, and how often it was seen, then for indicators. Confined to its thread.
 */
final class StixReader {
    private static final int NAMES_MAX = 1_000_000;
    private static final String TLP2 = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

    private static final Map<String, IndicatorType> OBSERVABLES = Map.of(
            "ipv4-addr", IndicatorType.IP,
            "ipv6-addr", IndicatorType.IP,
            "domain-name", IndicatorType.DOMAIN,
            "url", IndicatorType.URL,
            "email-addr", IndicatorType.EMAIL);
    private static final Set<String> WITH_HASHES = Set.of("file", "artifact", "x509-certificate");

    private interface Visitor {
        void visit(JsonNode object, int line, String where);
    }

    private final Intake intake;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> markings = new HashMap<>();
    private final Map<String, Long> sightings = new HashMap<>();

    StixReader(Intake intake) {
        this.intake = intake;
    }

    void read(Input input) throws IOException {
        each(input, this::context);
        each(input, this::object);
    }

    /** Hands over every object below an {@code objects} array, of an array, or the document itself. */
    private void each(Input input, Visitor visitor) throws IOException {
        try (InputStream in = input.open();
                JsonParser parser = Json.mapper().createParser(in)) {
            int position = 0;
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                array(parser, "", visitor);
                return;
            }
            ObjectNode single = Json.mapper().createObjectNode();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("objects") && value == JsonToken.START_ARRAY) {
                    position += array(parser, "/objects", visitor);
                } else if (value.isStructStart() && position > 0) {
                    parser.skipChildren();
                } else {
                    single.set(name, Json.tree(parser));
                }
            }
            if (position == 0
                    && single.has("type")
                    && !single.path("type").asText().equals("bundle")) {
                visitor.visit(single, 1, "");
            }
        }
    }

    private int array(JsonParser parser, String path, Visitor visitor) throws IOException {
        int position = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int line = parser.currentLocation().getLineNr();
            if (parser.currentToken() == null) {
                throw new IOException("the text ends too early");
            }
            visitor.visit(Json.tree(parser), line, path + "/" + position++);
        }
        return position;
    }

    private void context(JsonNode object, int line, String where) {
        String id = object.path("id").asText();
        switch (object.path("type").asText()) {
            case "identity" -> keep(names, id, object.path("name").asText());
            case "marking-definition" -> keep(markings, id, marking(object));
            case "sighting" -> {
                String of = object.path("sighting_of_ref").asText();
                if (sightings.size() < NAMES_MAX || sightings.containsKey(of)) {
                    sightings.merge(
                            of,
                            Math.max(
                                    1,
                                    Math.min(999_999_999, object.path("count").asLong(1))),
                            Long::sum);
                }
            }
            default -> {}
        }
    }

    private static void keep(Map<String, String> map, String id, String text) {
        if (map.size() < NAMES_MAX) {
            map.put(id, text);
        }
    }

    private static String marking(JsonNode object) {
        JsonNode two = object.path("extensions").path(TLP2).path("tlp_2_0");
        String tlp = two.isTextual()
                ? two.asText()
                : object.path("definition").path("tlp").asText();
        return tlp.isEmpty()
                ? object.path("definition")
                        .path("statement")
                        .asText(object.path("name").asText())
                : "TLP:" + tlp.toUpperCase(Locale.ROOT);
    }

    private void object(JsonNode object, int line, String where) {
        String type = object.path("type").asText();
        if (type.equals("indicator")) {
            indicator(object, line, where);
        } else if (OBSERVABLES.containsKey(type) || WITH_HASHES.contains(type)) {
            if (intake.options().observables()) {
                observable(object, type, line, where);
            } else {
                intake.skip("an observable that no indicator names (observables: true takes them)");
            }
        }
    }

    private void indicator(JsonNode object, int line, String where) {
        String patternType = object.path("pattern_type").asText("stix");
        if (object.path("revoked").asBoolean()) {
            intake.skip("revoked");
            return;
        }
        if (!patternType.equals("stix")) {
            intake.skip("pattern_type " + (patternType.length() > 40 ? "(other)" : patternType));
            return;
        }
        if (!object.path("pattern").isTextual()) {
            intake.problem(line, where + ": an indicator without a pattern", "STIX 2.1 §4.7: pattern is required");
            return;
        }
        Indicator about;
        try {
            about = about(object);
        } catch (DateTimeException e) {
            intake.problem(line, where + ": " + e.getMessage(), "write 2024-01-15T12:30:45Z");
            return;
        }
        if (about.to() < about.from()) {
            intake.problem(line, where + ": valid_until is not after valid_from", "STIX 2.1 §4.7");
            return;
        }
        boolean old = !object.path("spec_version").asText().equals("2.1")
                && !object.has("pattern_version")
                && !object.has("pattern_type");
        intake.pattern(
                line,
                where,
                object.path("pattern").asText(),
                old ? StixPattern.Edition.V20 : StixPattern.Edition.V21,
                about);
    }

    private Indicator about(JsonNode object) {
        String marking = "";
        for (JsonNode ref : object.path("object_marking_refs")) {
            String known = TlpIds.of(ref.asText()).orElseGet(() -> markings.getOrDefault(ref.asText(), ""));
            marking = marking.isEmpty() || known.startsWith("TLP:") ? known : marking;
        }
        String author = names.getOrDefault(object.path("created_by_ref").asText(), "");
        String id = object.path("id").asText();
        String name = object.path("name").asText(object.path("description").asText());
        return Indicator.of(
                        IndicatorType.URL,
                        "",
                        (name.isEmpty() ? "" : name + " ") + (id.isEmpty() ? "" : "(" + id + ")"),
                        new Origin(intake.source(author), marking))
                .trusted(object.path("confidence").asInt(intake.options().confidence()), sightings.getOrDefault(id, 0L))
                .between(
                        time(object, "valid_from", Long.MIN_VALUE),
                        object.has("valid_until") ? time(object, "valid_until", Long.MAX_VALUE) - 1 : Long.MAX_VALUE);
    }

    private static long time(JsonNode object, String name, long absent) {
        if (!object.has(name)) {
            return absent;
        }
        Instant time = Literals.time(object.path(name).asText())
                .orElseThrow(() -> new DateTimeException(
                        name + " is no timestamp: " + object.path(name).asText()));
        return time.toEpochMilli();
    }

    private void observable(JsonNode object, String type, int line, String where) {
        Indicator about = about(object);
        IndicatorType known = OBSERVABLES.get(type);
        if (known != null) {
            intake.value(line, where, about.valued(known, object.path("value").asText()));
            return;
        }
        IndicatorType hash = type.equals("x509-certificate") ? IndicatorType.CERTIFICATE : IndicatorType.HASH;
        for (Map.Entry<String, JsonNode> entry : object.path("hashes").properties()) {
            if (entry.getKey().matches("MD5|SHA-1|SHA-224|SHA-256|SHA-384|SHA-512|SHA3-256|SHA3-512|SM3")) {
                intake.value(line, where, about.valued(hash, entry.getValue().asText()));
            } else {
                intake.skip("a hash of kind " + (entry.getKey().length() > 20 ? "(other)" : entry.getKey()));
            }
        }
    }
}
