package org.wanglou.sensors;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;

/** Halves of surrogate pairs, which JSON escapes can name though they are no characters, as U+FFFD. Pure. */
final class Surrogates {
    private Surrogates() {}

    static Event mended(Event event) {
        Event.Builder mended = event.toBuilder();
        for (int slot = 0; slot < Ecs.slots(); slot++) {
            Object value = event.get(Ecs.at(slot));
            if (value != null) {
                mended.set(Ecs.at(slot), value(value));
            }
        }
        new TreeMap<>(event.extra()).forEach((name, value) -> {
            mended.set(name, null);
            mended.set(text(name), value(value));
        });
        return mended.build();
    }

    private static @Nullable Object value(Object value) {
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof List<?> list) {
            List<Object> mended = new ArrayList<>(list.size());
            for (Object item : list) {
                Object one = item == null ? null : value(item);
                if (one != null) {
                    mended.add(one);
                }
            }
            return mended;
        }
        return value;
    }

    static String text(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else {
                out.append(Character.isSurrogate(c) ? '\ufffd' : c);
            }
        }
        return out.toString();
    }
}
