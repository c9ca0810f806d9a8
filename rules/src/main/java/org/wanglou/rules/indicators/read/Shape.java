package org.wanglou.rules.indicators.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;

/** The forms of lists and feeds, told apart by what stands at their beginning. */
enum Shape {
    STIX("stix") {
        @Override
        void read(Input input, Intake intake) throws IOException {
            new StixReader(intake).read(input);
        }
    },
    MISP("misp") {
        @Override
        void read(Input input, Intake intake) throws IOException {
            new MispReader(intake).read(input);
        }
    },
    WARNINGLIST("warninglist") {
        @Override
        void read(Input input, Intake intake) {
            intake.problem(0, "this is a warning list, not one of indicators", "give it with --warninglist");
        }
    },
    LIST("list") {
        @Override
        void read(Input input, Intake intake) throws IOException {
            new ListReader(intake).read(input);
        }
    };

    private final String word;

    Shape(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    abstract void read(Input input, Intake intake) throws IOException;

    static Shape of(Input input) throws IOException {
        try (InputStream in = input.open()) {
            int first = in.read();
            while (first == ' '
                    || first == '\n'
                    || first == '\r'
                    || first == '\t'
                    || first == 0xef
                    || first == 0xbb
                    || first == 0xbf) {
                first = in.read();
            }
            if (first != '{' && first != '[') {
                return LIST;
            }
            int second = in.read();
            while (second == ' ' || second == '\n' || second == '\r' || second == '\t') {
                second = in.read();
            }
            boolean document = second == '"' || second == '{' || second == '}' || second == ']';
            if (!document) {
                return LIST;
            }
        }
        try (InputStream in = input.open();
                JsonParser parser = Json.mapper().createParser(in)) {
            return json(parser);
        }
    }

    private static Shape json(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        while (token == JsonToken.START_ARRAY) {
            token = parser.nextToken();
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "objects", "spec_version", "pattern_type":
                    return STIX;
                case "type":
                    if (value == JsonToken.VALUE_STRING && parser.getText().equals("bundle")) {
                        return STIX;
                    }
                    break;
                case "Event", "Attribute", "response", "Object", "to_ids":
                    return MISP;
                case "matching_attributes":
                    return WARNINGLIST;
                default:
                    break;
            }
            parser.skipChildren();
        }
        return STIX;
    }
}
