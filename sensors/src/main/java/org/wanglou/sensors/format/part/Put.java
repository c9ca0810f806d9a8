package org.wanglou.sensors.format.part;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;

/** Where one of a vendor's fields goes in an event, and as what. Thread-safe. */
public interface Put {
    void text(Event.Builder event, String value, ZoneId zone);

    /** A JSON number without a fraction. */
    default void number(Event.Builder event, long value, ZoneId zone) {
        text(event, Long.toString(value), zone);
    }

    /** A JSON fraction, truth value or list. */
    default void other(Event.Builder event, Object value, ZoneId zone) {
        if (value instanceof List<?> list) {
            for (Object item : list) {
                text(event, String.valueOf(item), zone);
            }
        } else {
            text(event, String.valueOf(value), zone);
        }
    }

    /** Known and of no use. */
    Put NOTHING = (event, value, zone) -> {};

    Put SOURCE = (event, value, zone) -> Fill.source(event, value);
    Put DESTINATION = (event, value, zone) -> Fill.destination(event, value);
    Put SOURCE_PORT = number(Ecs.SOURCE_PORT);
    Put DESTINATION_PORT = number(Ecs.DESTINATION_PORT);
    Put TRANSPORT = (event, value, zone) -> Words.transport(event, value);
    Put URL = (event, value, zone) -> Fill.url(event, value);
    /** ISO 8601, with the source's zone where it names none. */
    Put ISO_TIME = (event, value, zone) -> Clock.stamp(event, Clock.iso(value, zone));
    /** Seconds, milliseconds, microseconds or nanoseconds since 1970, told by their size. */
    Put EPOCH_TIME = (event, value, zone) -> Clock.stamp(event, Clock.epoch(value));

    static Put text(Field field) {
        if (field.type() == Field.Type.TEXTS) {
            return (event, value, zone) -> Fill.add(event, field, value);
        }
        if (field.type() == Field.Type.NUMBER) {
            return number(field);
        }
        if (field.type() == Field.Type.ADDRESS) {
            return (event, value, zone) -> Fill.address(event, field, value);
        }
        return (event, value, zone) -> Fill.text(event, field, value);
    }

    static Put text(String name) {
        return Ecs.named(name).map(Put::text).orElse((event, value, zone) -> Fill.text(event, name, value));
    }

    /** A field of ECS that is a list and has no slot. */
    static Put list(String name) {
        return (event, value, zone) -> Fill.add(event, name, value);
    }

    static Put lower(Field field) {
        return (event, value, zone) -> Fill.text(event, field, value.toLowerCase(Locale.ROOT));
    }

    static Put number(Field field) {
        return new Put() {
            @Override
            public void text(Event.Builder event, String value, ZoneId zone) {
                Fill.number(event, field, value);
            }

            @Override
            public void number(Event.Builder event, long value, ZoneId zone) {
                if (value >= 0 && value < 65_536 || !Fill.port(field)) {
                    event.set(field, value);
                }
            }

            @Override
            public void other(Event.Builder event, Object value, ZoneId zone) {
                Object plain = value instanceof Decimal decimal ? decimal.value() : value;
                if (plain instanceof Double fraction && Math.abs(fraction) < 9e18) {
                    event.set(field, Math.round(fraction));
                } else if (plain instanceof Long whole) {
                    event.set(field, whole);
                }
            }
        };
    }

    static Put number(String name) {
        return new Put() {
            @Override
            public void text(Event.Builder event, String value, ZoneId zone) {
                Fill.number(event, name, value);
            }

            @Override
            public void number(Event.Builder event, long value, ZoneId zone) {
                event.set(name, value);
            }

            @Override
            public void other(Event.Builder event, Object value, ZoneId zone) {
                event.set(name, value instanceof Decimal decimal ? decimal.value() : value);
            }
        };
    }

    /** A number of another unit; {@code event.duration} is in nanoseconds. */
    static Put times(Field field, long factor) {
        return (event, value, zone) -> {
            try {
                double number = Double.parseDouble(value);
                if (number >= 0 && number < 9e18 / factor) {
                    event.set(field, Math.round(number * factor));
                }
            } catch (NumberFormatException e) {
                // a duration that is no number says nothing
            }
        };
    }

    /** A time field, ISO 8601 or seconds since 1970. */
    static Put time(Field field) {
        return (event, value, zone) -> {
            long millis = Clock.any(value, zone);
            if (millis != Clock.NONE) {
                event.set(field, millis);
            }
        };
    }

    static Put mac(Field field) {
        return (event, value, zone) -> Fill.text(event, field, Fill.mac(value));
    }

    static Put both(Put first, Put second) {
        return (event, value, zone) -> {
            first.text(event, value, zone);
            second.text(event, value, zone);
        };
    }
}
