package org.wanglou.rules.indicators.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wanglou.rules.indicators.Indicator;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.Origin;
import org.wanglou.rules.indicators.live.LivePattern.Value;

/**
 * MISP events (core format): one event, answers with many, feeds' files, attribute searches. Attributes that are not for
 * detection ({@code to_ids}), deleted, decayed, proposed or mostly seen as false are left out and counted. An event is read
 * twice, for what stands behind its attributes matters to them. Confined to its thread.
 */
final class MispReader {
    private static final Pattern CONFIDENCE = Pattern.compile("misp:confidence-level=\"([a-z-]+)\"");
    private static final Pattern TLP = Pattern.compile("(?i)tlp:([a-z+]+)");

    private final Intake intake;
    private String organisation = "";
    private String info = "";
    private String marking = "";
    private int eventConfidence = -1;

    MispReader(Intake intake) {
        this.intake = intake;
    }

    void read(Input input) throws IOException {
        try (InputStream in = input.open();
                JsonParser parser = Json.mapper().createParser(in)) {
            context(parser);
        }
        try (InputStream in = input.open();
                JsonParser parser = Json.mapper().createParser(in)) {
            attributes(parser);
        }
    }

    /** First pass: what a file of one event says of it. A file of many names their common source only. */
    private void context(JsonParser parser) throws IOException {
        int events = 0;
        while (parser.nextToken() != null) {
            if (parser.currentToken() != JsonToken.FIELD_NAME) {
                continue;
            }
            String name = parser.currentName();
            if (name.equals("Event")) {
                events++;
            }
            switch (name) {
                case "Attribute", "Object", "ShadowAttribute", "Galaxy", "RelatedEvent", "EventReport" -> {
                    parser.nextToken();
                    parser.skipChildren();
                }
                case "info" -> info = text(parser, events, info);
                case "Orgc" -> {
                    parser.nextToken();
                    String own = Json.tree(parser).path("name").asText();
                    organisation = organisation.isEmpty() || organisation.equals(own) ? own : "";
                }
                case "Tag" -> {
                    parser.nextToken();
                    JsonNode tags = Json.tree(parser);
                    marking = events > 1 ? marking : tlp(tags, marking);
                    eventConfidence = events > 1 ? -1 : confidence(tags, -1);
                }
                default -> {}
            }
        }
    }

    private static String text(JsonParser parser, int events, String before) throws IOException {
        boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
        if (!text) {
            parser.skipChildren();
        }
        return events > 1 ? "" : text ? parser.getText() : before;
    }

    /** Second pass: every attribute, wherever it stands, but for proposals. */
    private void attributes(JsonParser parser) throws IOException {
        int position = 0;
        while (parser.nextToken() != null) {
            if (parser.currentToken() != JsonToken.FIELD_NAME) {
                continue;
            }
            String name = parser.currentName();
            if (name.equals("ShadowAttribute") || name.equals("RelatedEvent") || name.equals("Galaxy")) {
                parser.nextToken();
                parser.skipChildren();
            } else if (name.equals("Attribute") && parser.nextToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    int line = parser.currentLocation().getLineNr();
                    if (parser.currentToken() == null) {
                        throw new IOException("the text ends too early");
                    }
                    attribute(Json.tree(parser), line, "attribute " + position++);
                }
            }
        }
    }

    private void attribute(JsonNode attribute, int line, String where) {
        String reason = left(attribute);
        if (!reason.isEmpty()) {
            intake.skip(reason);
            return;
        }
        String type = attribute.path("type").asText();
        List<Value> values;
        try {
            values = MispTypes.values(type, attribute.path("value").asText());
        } catch (IllegalArgumentException e) {
            intake.problem(line, where + ": " + e.getMessage(), "correct the attribute at its source");
            return;
        }
        if (values.isEmpty()) {
            intake.skip("no event field is about MISP type " + (type.length() > 40 ? "(other)" : type));
            return;
        }
        Indicator about = about(attribute);
        for (Value value : values) {
            intake.value(
                    line, where, about.valued(value.type(), value.written()).on(value.side(), value.port()));
        }
    }

    private static String left(JsonNode attribute) {
        if (attribute.path("deleted").asBoolean()) {
            return "deleted";
        }
        if (!attribute.path("to_ids").asBoolean()) {
            return "not for detection (to_ids)";
        }
        for (JsonNode score : attribute.path("decay_score")) {
            if (score.path("decayed").asBoolean()) {
                return "decayed";
            }
        }
        return sightings(attribute, "1") > sightings(attribute, "0") ? "seen as false more often than as true" : "";
    }

    /** Sightings of a kind: 0 seen, 1 false, 2 expired. */
    private static long sightings(JsonNode attribute, String kind) {
        long count = 0;
        for (JsonNode sighting : attribute.path("Sighting")) {
            count += sighting.path("type").asText("0").equals(kind) ? 1 : 0;
        }
        return count;
    }

    private Indicator about(JsonNode attribute) {
        JsonNode tags = attribute.path("Tag");
        String comment = attribute.path("comment").asText();
        String text = comment.isEmpty() ? info : info.isEmpty() ? comment : info + ": " + comment;
        int own = confidence(tags, eventConfidence);
        Origin origin = new Origin(intake.source(organisation), tlp(tags, marking));
        return Indicator.of(IndicatorType.URL, "", text, origin)
                .trusted(own < 0 ? intake.options().confidence() : own, sightings(attribute, "0"))
                .between(from(attribute), to(attribute));
    }

    /** A lifetime counts from the last word of the source; without one an attribute counts for all times. */
    private long from(JsonNode attribute) {
        long first = time(attribute.path("first_seen"));
        if (first != Long.MIN_VALUE || intake.options().lifetimeMillis() == 0) {
            return first;
        }
        long said = attribute.path("timestamp").asLong(0);
        return said > 0 && said < 1L << 40 ? said * 1000 : Long.MIN_VALUE;
    }

    private static long to(JsonNode attribute) {
        long to = Long.MAX_VALUE;
        for (JsonNode sighting : attribute.path("Sighting")) {
            long date = sighting.path("date_sighting").asLong(0);
            if (sighting.path("type").asText().equals("2") && date > 0 && date < 1L << 40) {
                to = Math.min(to, date * 1000);
            }
        }
        return to;
    }

    private static long time(JsonNode node) {
        try {
            return node.isTextual()
                    ? OffsetDateTime.parse(node.asText()).toInstant().toEpochMilli()
                    : Long.MIN_VALUE;
        } catch (DateTimeException e) {
            return Long.MIN_VALUE;
        }
    }

    private static String tlp(JsonNode tags, String absent) {
        for (JsonNode tag : tags) {
            Matcher tlp = TLP.matcher(tag.path("name").asText());
            if (tlp.matches()) {
                return "TLP:" + tlp.group(1).toUpperCase(Locale.ROOT);
            }
        }
        return absent;
    }

    private static int confidence(JsonNode tags, int absent) {
        for (JsonNode tag : tags) {
            Matcher level = CONFIDENCE.matcher(tag.path("name").asText());
            if (level.matches()) {
                return switch (level.group(1)) {
                    case "completely-confident" -> 95;
                    case "usually-confident" -> 75;
                    case "fairly-confident" -> 50;
                    case "rarely-confident" -> 25;
                    case "unconfident" -> 5;
                    default -> absent;
                };
            }
        }
        return absent;
    }
}
