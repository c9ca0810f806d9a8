package org.wanglou.sensors.format.evtx;

import java.util.List;

/**
 * Writes the tree of a record as event XML: templates filled in, an array as one element for each item, no white space
 * between elements, text escaped so that any reader gets it back as it was. Beyond its limit of characters text is left out
 * and the record says so; elements always end. Confined to one thread.
 */
final class XmlWriter {
    private final BinXml source;
    private final Budget budget;
    private final StringBuilder out = new StringBuilder(4 << 10);
    private final int[] channel = new int[2];
    private final int[] computer = new int[2];
    private int most;
    private boolean cut;

    XmlWriter(BinXml source, Budget budget) {
        this.source = source;
        this.budget = budget;
    }

    /** The XML of one record. */
    String write(List<Node> nodes) throws Damaged {
        out.setLength(0);
        most = budget.chars();
        cut = false;
        channel[1] = 0;
        computer[1] = 0;
        try {
            nodes(nodes, Values.NONE, 0);
        } finally {
            budget.wrote(out.length());
        }
        return out.toString();
    }

    /** Whether the last one lost a part. */
    boolean cut() {
        return cut;
    }

    /** The channel of the last one, as in its XML; empty when it names none. */
    String channel() {
        return channel[1] == 0 ? "" : out.substring(channel[0], channel[1]);
    }

    String computer() {
        return computer[1] == 0 ? "" : out.substring(computer[0], computer[1]);
    }

    private void nodes(List<Node> nodes, Values values, int depth) throws Damaged {
        if (depth > BinXml.MOST_DEPTH) {
            throw new Damaged("nests too deep");
        }
        for (Node node : nodes) {
            budget.step();
            if (node instanceof Node.Element element) {
                repeated(element, values, depth);
            } else if (node instanceof Node.Instance instance) {
                nodes(source.template(instance.template(), instance.templateEnd()), instance.values(), depth + 1);
            } else if (node instanceof Node.Slot slot && values.has(slot.index()) && nested(values, slot.index())) {
                int at = values.at(slot.index());
                nodes(source.fragment(at, at + values.size(slot.index())), Values.NONE, depth + 1);
            } else {
                text(node, values, false);
            }
        }
    }

    private static boolean nested(Values values, int index) {
        return values.type(index) == Values.BINARY_XML;
    }

    /** An element whose text is an array stands once for each item. */
    private void repeated(Node.Element element, Values values, int depth) throws Damaged {
        for (Node child : element.children()) {
            if (child instanceof Node.Slot slot && values.isArray(slot.index()) && values.size(slot.index()) > 0) {
                int index = slot.index();
                int at = values.at(index);
                int end = at + values.size(index);
                int type = values.type(index) & ~Values.ARRAY;
                while (at < end) {
                    budget.step();
                    int next = Values.itemEnd(source.bytes(), type, at, end);
                    element(element, values.with(index, at, next - at), depth);
                    at = next;
                }
                return;
            }
        }
        element(element, values, depth);
    }

    private void element(Node.Element element, Values values, int depth) throws Damaged {
        String name = element.name();
        if (out.length() + name.length() > most) {
            cut = true;
            return;
        }
        int begin = out.length();
        out.append('<').append(name);
        for (Node.Attribute attribute : element.attributes()) {
            attribute(attribute, values);
        }
        int open = out.length();
        out.append('>');
        nodes(element.children(), values, depth + 1);
        if (out.length() == open + 1) {
            if (optional(element, values)) {
                out.setLength(begin);
                return;
            }
            out.setLength(open);
            out.append("/>");
            return;
        }
        if (name.equals("Channel")) {
            place(channel, open + 1);
        } else if (name.equals("Computer")) {
            place(computer, open + 1);
        }
        out.append("</").append(name).append('>');
    }

    /**
     * An empty element whose value there is not is left out. Unlike [MS-EVEN6] §3.1.4.7.2, one that has anything to say stays: the Event itself depends
     * on its data, and a record without data is a record.
     */
    private static boolean optional(Node.Element element, Values values) {
        return element.dependency() != Node.Element.NONE
                && values.isNull(element.dependency())
                && element.attributes().stream()
                        .allMatch(attribute -> attribute.parts().stream().allMatch(Node.Text.class::isInstance));
    }

    /** The first of its name is the one in System. */
    private void place(int[] of, int from) {
        if (of[1] == 0) {
            of[0] = from;
            of[1] = out.length();
        }
    }

    private void attribute(Node.Attribute attribute, Values values) throws Damaged {
        List<Node> parts = attribute.parts();
        if (parts.size() == 1
                && parts.get(0) instanceof Node.Slot slot
                && slot.optional()
                && values.isNull(slot.index())) {
            return;
        }
        if (out.length() + attribute.name().length() > most) {
            cut = true;
            return;
        }
        out.append(' ').append(attribute.name()).append("=\"");
        for (Node part : parts) {
            budget.step();
            text(part, values, true);
        }
        out.append('"');
    }

    private void text(Node node, Values values, boolean quoted) throws Damaged {
        int room = Math.max(0, most - out.length());
        if (node instanceof Node.Text text) {
            escaped(text.text(), room, quoted);
        } else if (node instanceof Node.Fixed fixed) {
            escaped(ValueText.of(source.bytes(), fixed.type(), fixed.at(), fixed.size(), room), room, quoted);
        } else if (node instanceof Node.Slot slot && !values.isNull(slot.index())) {
            int type = values.type(slot.index());
            int at = values.at(slot.index());
            int size = values.size(slot.index());
            if ((type & Values.ARRAY) == 0) {
                escaped(ValueText.of(source.bytes(), type, at, size, room), room, quoted);
            } else {
                array(type & ~Values.ARRAY, at, at + size, quoted);
            }
        }
    }

    /** Where there is no element to repeat, items are separated by commas. */
    private void array(int type, int from, int end, boolean quoted) throws Damaged {
        for (int at = from; at < end; ) {
            budget.step();
            int next = Values.itemEnd(source.bytes(), type, at, end);
            int room = Math.max(0, most - out.length());
            if (at > from && room > 0) {
                out.append(',');
            }
            escaped(ValueText.of(source.bytes(), type, at, next - at, room), room, quoted);
            at = next;
        }
    }

    private void escaped(String text, int room, boolean quoted) {
        int length = text.length();
        if (length > room) {
            cut = true;
            length = room > 0 && Character.isHighSurrogate(text.charAt(room - 1)) ? room - 1 : room;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append(quoted ? "&quot;" : "\"");
                case '\ufffe', '\uffff' -> out.append('\ufffd');
                default -> {
                    if (c >= ' ' && c != 0x7f || !quoted && (c == '\n' || c == '\t')) {
                        out.append(c);
                    } else {
                        out.append("&#").append((int) c).append(';');
                    }
                }
            }
        }
    }
}
