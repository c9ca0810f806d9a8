package org.wanglou.ui.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that is not carried out (RFC 9457). The slug names the kind and its title; the detail is for the person and
 * never names a class, a path of the server or another unit's data. Immutable.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String slug;
    private final transient Map<String, Object> more;

    /** One wrong field of the body, by JSON pointer. */
    public record FieldError(String pointer, String message) {}

    private Problem(int status, String slug, String detail, Map<String, Object> more) {
        super(detail, null, false, false);
        this.status = status;
        this.slug = slug;
        this.more = more;
    }

    /** With the title's own text as detail. */
    public static Problem of(int status, String slug) {
        return new Problem(status, slug, "", Map.of());
    }

    public static Problem of(int status, String slug, String detail) {
        return new Problem(status, slug, detail, Map.of());
    }

    public static Problem notFound() {
        return of(404, "not-found");
    }

    public static Problem invalid(String detail) {
        return of(422, "invalid", detail);
    }

    /** @param message a key of the texts, or a text */
    public static Problem field(String pointer, String message) {
        return new Problem(422, "invalid", "", Map.of("errors", List.of(new FieldError(pointer, message))));
    }

    /** With one member more. */
    public Problem with(String member, Object value) {
        Map<String, Object> members = new LinkedHashMap<>(more);
        members.put(member, value);
        return new Problem(status, slug, detail(), members);
    }

    public int status() {
        return status;
    }

    public String slug() {
        return slug;
    }

    public String detail() {
        return Optional.ofNullable(getMessage()).orElse("");
    }

    /** The body. */
    public Map<String, Object> body(Texts texts) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "urn:wanglou:problem:" + slug);
        body.put("title", texts.of(slug));
        body.put("status", status);
        body.put("detail", detail().isEmpty() ? texts.detail(slug) : texts.of(detail()));
        more.forEach((name, value) -> body.put(
                name,
                value instanceof List<?> list
                        ? list.stream().map(item -> texts.translated(item)).toList()
                        : value));
        return body;
    }
}
