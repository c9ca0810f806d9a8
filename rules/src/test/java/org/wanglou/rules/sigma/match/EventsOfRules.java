package org.wanglou.rules.sigma.match;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.Glob;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.sigma.derive.Derived;

/** Events made of a rule's own strings, so that they match it or nearly do. Confined to its thread. */
final class EventsOfRules {
    private static final String FILLER = "abz09 \\/.:-_%\"'é图K\u0130\uff21İß";

    private final SplittableRandom random;

    EventsOfRules(SplittableRandom random) {
        this.random = random;
    }

    /** An event for which scope and condition mostly hold. */
    Map<String, Object> of(SigmaRule rule) {
        Map<String, Object> fields = new LinkedHashMap<>();
        satisfy(rule.condition(), fields);
        satisfy(rule.scope(), fields);
        return fields;
    }

    /** One character of one value exchanged, dropped or added. */
    Map<String, Object> nearly(Map<String, Object> fields) {
        Map<String, Object> near = new LinkedHashMap<>(fields);
        List<String> names = new ArrayList<>(near.keySet());
        if (names.isEmpty()) {
            return near;
        }
        String name = names.get(random.nextInt(names.size()));
        String text = String.valueOf(near.get(name));
        int at = text.isEmpty() ? 0 : random.nextInt(text.length());
        int next = Math.min(text.length(), at + 1);
        near.put(
                name,
                switch (random.nextInt(3)) {
                    case 0 -> text.substring(0, at) + 'q' + text.substring(next);
                    case 1 -> text.substring(0, at) + text.substring(next);
                    default -> text.substring(0, at) + filler(1) + text.substring(at);
                });
        return near;
    }

    static Event event(Map<String, Object> fields) {
        Event.Builder event = Event.builder();
        fields.forEach((name, value) -> event.set(name, fitting(name, value)));
        return event.build();
    }

    /** Slots that hold numbers hold no texts. */
    private static Object fitting(String name, Object value) {
        Field.Type type = Ecs.named(name).map(Field::type).orElse(Field.Type.TEXT);
        if (type == Field.Type.NUMBER || type == Field.Type.TIME) {
            String text = String.valueOf(value);
            return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : 7L;
        }
        return type == Field.Type.TEXTS && !(value instanceof List) ? List.of(String.valueOf(value)) : value;
    }

    private void satisfy(Condition condition, Map<String, Object> fields) {
        if (condition instanceof Condition.All all) {
            all.parts().forEach(part -> satisfy(part, fields));
        } else if (condition instanceof Condition.Any any && !any.parts().isEmpty()) {
            satisfy(any.parts().get(random.nextInt(any.parts().size())), fields);
        } else if (condition instanceof Condition.Not not) {
            if (random.nextInt(8) == 0) {
                satisfy(not.part(), fields);
            }
        } else if (condition instanceof Condition.Keyword keyword) {
            put(fields, "message", value(keyword.test()), true);
        } else if (condition instanceof Condition.Item item) {
            item(item, fields);
        }
    }

    private void item(Condition.Item item, Map<String, Object> fields) {
        ValueTest test = item.test();
        if (test instanceof ValueTest.Null || test instanceof ValueTest.Exists exists && !exists.wanted()) {
            if (random.nextInt(4) == 0) {
                fields.put(item.field(), Event.NULL);
            }
            return;
        }
        if (test instanceof ValueTest.FieldRef ref) {
            fields.putIfAbsent(ref.field(), "same" + random.nextInt(3));
            put(fields, item.field(), fields.get(ref.field()), false);
            return;
        }
        boolean open = test instanceof ValueTest.Text text && !text.glob().plain() || test instanceof ValueTest.Regex;
        String field = Derived.named(item.field()).map(Derived::source).orElse(item.field());
        put(fields, field, value(test), open);
    }

    /** Beside what is there already, where several tests look at one field: as a list, or in one text. */
    private void put(Map<String, Object> fields, String name, Object value, boolean open) {
        Object before = fields.get(name);
        if (before == null || before == Event.NULL) {
            fields.put(name, value);
        } else if (open && !(before instanceof List) && random.nextInt(4) > 0) {
            fields.put(name, before + filler(2) + value);
        } else if (random.nextBoolean()) {
            List<Object> list = new ArrayList<>(before instanceof List<?> one ? one : List.of(before));
            list.add(value);
            fields.put(name, list);
        }
    }

    private Object value(ValueTest test) {
        if (test instanceof ValueTest.Text text) {
            return mixed(text(text.glob()));
        }
        if (test instanceof ValueTest.Number number) {
            boolean whole = number.value() == Math.rint(number.value()) && random.nextBoolean();
            return whole ? (Object) (long) number.value() : String.valueOf(number.value());
        }
        if (test instanceof ValueTest.Compare compare) {
            return (long) compare.bound() + random.nextInt(3) - 1;
        }
        if (test instanceof ValueTest.Cidr cidr) {
            byte[] address = cidr.network().clone();
            address[address.length - 1] |= (byte) random.nextInt(4);
            try {
                return java.net.InetAddress.getByAddress(address).getHostAddress();
            } catch (java.net.UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }
        if (test instanceof ValueTest.Regex regex) {
            return mixed(regex.pattern()
                    .replaceAll("\\\\[sdwbSDW]|[\\[\\](){}?*+^$|\\\\]", random.nextBoolean() ? "" : " "));
        }
        return test instanceof ValueTest.TimePart
                ? (Object) (1_700_000_000_000L + random.nextInt(1_000_000_000))
                : "present";
    }

    private String text(Glob glob) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < glob.kinds().length(); i++) {
            char kind = glob.kinds().charAt(i);
            text.append(
                    kind == '*'
                            ? filler(random.nextInt(6))
                            : kind == '?' ? filler(1) : glob.text().charAt(i));
        }
        return text.toString();
    }

    private String filler(int length) {
        StringBuilder filler = new StringBuilder();
        for (int i = 0; i < length; i++) {
            filler.append(FILLER.charAt(random.nextInt(FILLER.length())));
        }
        return filler.toString();
    }

    private String mixed(String text) {
        return switch (random.nextInt(4)) {
            case 0 -> text.toUpperCase(Locale.ROOT);
            case 1 -> text.toLowerCase(Locale.ROOT);
            default -> text;
        };
    }
}
