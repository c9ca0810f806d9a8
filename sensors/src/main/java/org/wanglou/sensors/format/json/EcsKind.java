package org.wanglou.sensors.format.json;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.JsonShape;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.windows.WindowsEvent;

/**
 * Events that already are ECS, nested or dotted: every field with a slot in the slot's type, all others by their own name.
 * Winlogbeat's get from {@code winlog.*} what its processors have not set. Pure.
 */
public final class EcsKind {
    public static final JsonKind KIND = new JsonKind("ecs-json", shape(), event -> true);
    public static final JsonKind WINLOGBEAT = new JsonKind("winlogbeat", shape(), WindowsEvent::finish);

    private EcsKind() {}

    private static JsonShape shape() {
        Table table = Table.keeping("");
        for (int slot = 0; slot < Ecs.slots(); slot++) {
            Field field = Ecs.at(slot);
            table.put(field.name(), exact(field));
        }
        return JsonShape.of(table);
    }

    /** As it is, in the field's type; what does not fit goes beside it under {@code _text}. */
    private static Put exact(Field field) {
        return new Put() {
            @Override
            public void text(Event.Builder event, String value, ZoneId zone) {
                switch (field.type()) {
                    case NUMBER -> {
                        long number = Fill.whole(value);
                        if (number != Long.MIN_VALUE) {
                            event.set(field, number);
                        } else {
                            event.set(field.name() + "_text", value);
                        }
                    }
                    case TIME -> {
                        long time = Clock.iso(value, zone);
                        if (time != Clock.NONE) {
                            event.set(field, time);
                        } else {
                            event.set(field.name() + "_text", value);
                        }
                    }
                    case ADDRESS -> {
                        String ip = Fill.canonical(value);
                        event.set(field, ip.isEmpty() ? value : ip);
                    }
                    case TEXT, TEXTS -> event.set(field, value);
                }
            }

            @Override
            public void number(Event.Builder event, long value, ZoneId zone) {
                if (field.type() == Field.Type.NUMBER || field.type() == Field.Type.TIME) {
                    event.set(field, value);
                } else {
                    event.set(field, Long.toString(value));
                }
            }

            @Override
            public void other(Event.Builder event, Object value, ZoneId zone) {
                if (value instanceof List<?> list) {
                    if (field.type() == Field.Type.TEXTS) {
                        event.set(field, list.stream().map(String::valueOf).toList());
                    } else if (!list.isEmpty()) {
                        if (list.size() == 1) {
                            text(event, String.valueOf(list.get(0)), zone);
                        } else {
                            event.set(field, list);
                        }
                    }
                } else {
                    String text = String.valueOf(value);
                    if (field.type() == Field.Type.NUMBER && text.endsWith(".0")) {
                        text = text.substring(0, text.length() - 2);
                    }
                    text(event, text, zone);
                }
            }
        };
    }
}
