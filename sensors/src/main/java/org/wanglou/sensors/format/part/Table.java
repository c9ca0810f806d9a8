package org.wanglou.sensors.format.part;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.wanglou.model.Event;
import org.wanglou.model.Field;

/**
 * Which of a vendor's fields is which of ECS. A field that the table does not name is kept under the vendor's prefix, so
 * that nothing is lost. Immutable once built, which the static initialiser of its owner does.
 */
public final class Table {
    private final String prefix;
    private final Map<String, Put> puts = new HashMap<>();

    private final Map<String, String> within = new HashMap<>();

    private Table(String prefix) {
        this.prefix = prefix;
    }

    /** @param prefix such as {@code fortinet.firewall.}, before the names of fields that the table does not know */
    public static Table keeping(String prefix) {
        return new Table(prefix);
    }

    public Table put(String key, Put put) {
        puts.put(key, put);
        return this;
    }

    public Table put(String key, Field field) {
        return put(key, Put.text(field));
    }

    public Table put(String key, String field) {
        return put(key, Put.text(field));
    }

    /** The same place for several spellings. */
    public Table puts(Put put, String... keys) {
        for (String key : keys) {
            puts.put(key, put);
        }
        return this;
    }

    /** Unknown members of this JSON object are kept under a prefix of their own. */
    public Table within(String key, String prefixOfMembers) {
        within.put(key, prefixOfMembers);
        return this;
    }

    Map<String, String> within() {
        return within;
    }

    String prefix() {
        return prefix;
    }

    Map<String, Put> puts() {
        return puts;
    }

    /** Whether the table names this field. */
    public boolean knows(String key) {
        return puts.containsKey(key);
    }

    /** Sets one field. An unknown name of more than 64 characters or with control characters is no field's. */
    public void set(Event.Builder event, String key, String value, ZoneId zone) {
        Put put = puts.get(key);
        if (put != null) {
            put.text(event, value, zone);
        } else if (!Fill.absent(value) && named(key)) {
            event.set(prefix.concat(key), value);
        }
    }

    /** Sets one field that holds several values. */
    public void list(Event.Builder event, String key, java.util.List<Object> values, ZoneId zone) {
        Put put = puts.get(key);
        if (put != null) {
            put.other(event, values, zone);
        } else if (named(key)) {
            event.set(prefix.concat(key), values);
        }
    }

    static boolean named(String key) {
        if (key.isEmpty() || key.length() > 64) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) <= ' ') {
                return false;
            }
        }
        return key.charAt(0) != '.' && key.charAt(key.length() - 1) != '.';
    }
}
