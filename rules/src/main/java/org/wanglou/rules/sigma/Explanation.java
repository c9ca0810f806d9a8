package org.wanglou.rules.sigma;

import java.util.List;

/**
 * Why a condition did or did not hold, part by part. Immutable.
 *
 * @param label what the author wrote
 * @param seen the event's own value at a leaf, empty elsewhere
 */
public record Explanation(String label, boolean holds, String seen, List<Explanation> parts) {
    public Explanation {
        parts = List.copyOf(parts);
    }

    /** The tree as indented text, ✓ and ✗ before each part. */
    public String text() {
        StringBuilder text = new StringBuilder();
        write(text, 0);
        return text.toString();
    }

    private void write(StringBuilder text, int depth) {
        text.append("  ".repeat(depth)).append(holds ? "✓ " : "✗ ").append(label);
        if (!seen.isEmpty()) {
            text.append("   [").append(seen).append(']');
        }
        text.append('\n');
        parts.forEach(part -> part.write(text, depth + 1));
    }
}
