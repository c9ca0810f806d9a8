package org.wanglou.sensors.format.evtx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Binary XML of one chunk read into trees. Names and templates are kept by their offset, each read once; as they cannot
 * lie inside one another, what is kept of both is bounded by what a chunk can hold, and a chunk that claims more is
 * damaged. Confined to one thread.
 */
final class BinXml {
    static final int MOST_DEPTH = 64;
    private static final int MOST_NAME = 512;
    private static final int MOST_KEPT = 64 << 10;
    private static final int MORE = 0x40;
    private static final String TOO_MANY = "has more templates than it has room for";

    private final Bytes bytes;
    private final Budget budget;
    private final Map<Integer, String> names = new HashMap<>();
    private final Map<Integer, Optional<List<Node>>> templates = new HashMap<>();
    private int keptChars;
    private int keptNodes;
    /** Where the token after the one that was read begins. */
    private int at;

    BinXml(Bytes bytes, Budget budget) {
        this.bytes = bytes;
        this.budget = budget;
    }

    Bytes bytes() {
        return bytes;
    }

    /** The nodes of {@code [from, end)}, of a record's or a value's. */
    List<Node> fragment(int from, int end) throws Damaged {
        bytes.need(from, end - from);
        return nodes(from, end, false);
    }

    /** The nodes of the template that is defined there. */
    List<Node> template(int from, int end) throws Damaged {
        Optional<List<Node>> known = templates.get(from);
        if (known == null) {
            int before = keptNodes;
            templates.put(from, Optional.empty());
            try {
                known = Optional.of(nodes(from, end, true));
            } catch (Damaged e) {
                keptNodes = before;
                throw e;
            }
            templates.put(from, known);
        }
        return known.orElseThrow(() -> new Damaged("refers to a template that is damaged"));
    }

    private List<Node> nodes(int from, int end, boolean defined) throws Damaged {
        List<Node> roots = new ArrayList<>(1);
        ArrayDeque<Node.Element> open = new ArrayDeque<>();
        List<Node> into = roots;
        at = from;
        while (at < end) {
            int token = bytes.u8(at);
            budget.step();
            if (defined && ++keptNodes > MOST_KEPT) {
                throw new Damaged(TOO_MANY);
            }
            switch (token & ~MORE) {
                case 0x00 -> {
                    return roots;
                }
                case 0x01 -> {
                    if (open.size() >= MOST_DEPTH) {
                        throw new Damaged("nests too deep");
                    }
                    Node.Element element = element(end, defined);
                    into.add(element);
                    open.push(element);
                    into = element.children();
                }
                case 0x02 -> at++;
                case 0x03, 0x04 -> {
                    at++;
                    if (open.isEmpty()) {
                        throw new Damaged("ends an element that has not begun");
                    }
                    open.pop();
                    into = open.isEmpty() ? roots : open.element().children();
                }
                case 0x06 -> throw new Damaged("has an attribute outside an element");
                case 0x0a -> {
                    at++;
                    nameAt();
                }
                case 0x0b -> at += 3 + 2 * bytes.u16(at + 1);
                case 0x0c -> into.add(instance(end));
                case 0x0f -> at += 4;
                default -> into.add(part(token & ~MORE, end));
            }
        }
        return roots;
    }

    private Node.Element element(int end, boolean defined) throws Damaged {
        boolean more = (bytes.u8(at) & MORE) != 0;
        // The dependency is there in templates alone, but some writers have it elsewhere: the name's offset tells.
        boolean dependent = defined;
        if (!named(at + (dependent ? 7 : 5)) && named(at + (dependent ? 5 : 7))) {
            dependent = !dependent;
        }
        int dependency = dependent ? bytes.u16(at + 1) : Node.Element.NONE;
        at += dependent ? 7 : 5;
        Node.Element element = new Node.Element(nameAt(), dependency);
        if (more) {
            int size = bytes.offset(at);
            at += 4;
            int last = Math.min(end, at + size);
            while (at < last && (bytes.u8(at) & ~MORE) == 0x06) {
                budget.step();
                element.attributes().add(attribute(last, defined));
            }
        }
        return element;
    }

    private Node.Attribute attribute(int end, boolean defined) throws Damaged {
        at++;
        String name = nameAt();
        List<Node> parts = new ArrayList<>(1);
        while (at < end) {
            int token = bytes.u8(at) & ~MORE;
            if (token != 0x05 && token != 0x07 && token != 0x08 && token != 0x09 && token != 0x0d && token != 0x0e) {
                break;
            }
            budget.step();
            if (defined && ++keptNodes > MOST_KEPT) {
                throw new Damaged(TOO_MANY);
            }
            parts.add(part(token, end));
        }
        return new Node.Attribute(name, parts);
    }

    private Node part(int token, int end) throws Damaged {
        int from = at;
        switch (token) {
            case 0x05 -> {
                int type = bytes.u8(from + 1);
                if (type == Values.STRING) {
                    return text(from + 2);
                }
                int size = Values.width(type);
                if (type == Values.SID) {
                    size = 8 + 4 * bytes.u8(from + 3);
                } else if (type == Values.ANSI || type == 0xe) {
                    size = bytes.u16(from + 2);
                    from += 2;
                }
                at = from + 2 + size;
                bytes.need(from + 2, size);
                return new Node.Fixed(type, from + 2, size);
            }
            case 0x07 -> {
                return text(from + 1);
            }
            case 0x08 -> {
                at = from + 3;
                return new Node.Text(String.valueOf((char) bytes.u16(from + 1)));
            }
            case 0x09 -> {
                at = from + 1;
                return new Node.Text(entity(nameAt()));
            }
            case 0x0d, 0x0e -> {
                if (end - from < 4) {
                    throw new Damaged("ends too early");
                }
                at = from + 4;
                return new Node.Slot(bytes.u16(from + 1), token == 0x0e);
            }
            default -> throw new Damaged("has a token that does not exist");
        }
    }

    private Node text(int from) throws Damaged {
        int chars = bytes.u16(from);
        at = from + 2 + 2 * chars;
        keptChars += chars;
        if (keptChars > 16 * MOST_KEPT) {
            throw new Damaged("has more text than it has room for");
        }
        return new Node.Text(bytes.utf16(from + 2, 2 * chars));
    }

    private static String entity(String name) {
        return switch (name) {
            case "lt" -> "<";
            case "gt" -> ">";
            case "amp" -> "&";
            case "quot" -> "\"";
            case "apos" -> "'";
            default -> '&' + name + ';';
        };
    }

    private Node.Instance instance(int end) throws Damaged {
        int definition = bytes.offset(at + 6);
        at += 10;
        bytes.need(definition, 24);
        int size = bytes.offset(definition + 20);
        if (size == 0 || bytes.i32(definition + 4) == 0) {
            throw new Damaged("refers to a template that is gone");
        }
        int from = definition + 24;
        bytes.need(from, size);
        if (definition == at) {
            at = from + size;
        }
        int count = bytes.offset(at);
        at += 4;
        if (count > (end - at) / 4) {
            throw new Damaged("has more values than room for them");
        }
        int[] types = new int[count];
        int[] places = new int[count];
        int[] sizes = new int[count];
        int place = at + 4 * count;
        for (int i = 0; i < count; i++) {
            sizes[i] = bytes.u16(at + 4 * i);
            types[i] = bytes.u8(at + 4 * i + 2);
            places[i] = place;
            place += sizes[i];
        }
        if (place > end) {
            throw new Damaged("has a value that does not end");
        }
        at = place;
        return new Node.Instance(from, from + size, new Values(types, places, sizes));
    }

    /** Whether an offset stands there that leads to a name: one that follows it, or one before it. */
    private boolean named(int place) throws Damaged {
        if (place + 4 > bytes.length()) {
            return false;
        }
        int offset = bytes.i32(place);
        if (offset != place + 4 && (offset < 128 || offset >= place) || offset > bytes.length() - 10) {
            return false;
        }
        int chars = bytes.u16(offset + 6);
        int last = offset + 8 + 2 * chars;
        return chars > 0 && chars <= MOST_NAME && last + 2 <= bytes.length() && bytes.u16(last) == 0;
    }

    private String nameAt() throws Damaged {
        int offset = bytes.offset(at);
        at += 4;
        String name = names.get(offset);
        if (name == null) {
            int chars = bytes.u16(offset + 6);
            keptChars += chars;
            if (chars > MOST_NAME || keptChars > 16 * MOST_KEPT) {
                throw new Damaged("has a name that is too long");
            }
            name = clean(bytes.utf16(offset + 8, 2 * chars));
            names.put(offset, name);
        }
        if (offset == at) {
            at += 10 + 2 * bytes.u16(offset + 6);
        }
        return name;
    }

    /** A name of letters, digits and the marks XML allows: whatever else a file claims cannot become markup. */
    private static String clean(String name) {
        StringBuilder clean = new StringBuilder(name);
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '_' && c != '-' && c != '.' && c != ':') {
                clean.setCharAt(i, '_');
            }
        }
        return clean.isEmpty() ? "_" : clean.toString();
    }
}
