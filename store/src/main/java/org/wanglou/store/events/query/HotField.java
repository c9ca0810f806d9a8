package org.wanglou.store.events.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.wanglou.model.Ecs;
import org.wanglou.model.Field;

/**
 * The fields a query can name: the twelve that every archive indexes, event time, and the text. Chinese names are aliases
 * for operators who think in them.
 */
public enum HotField {
    DATASET(Ecs.EVENT_DATASET, Kind.KEYWORD, "数据集", "日志类型"),
    CATEGORY(Ecs.EVENT_CATEGORY, Kind.KEYWORD, "类别", "日志类别"),
    ACTION(Ecs.EVENT_ACTION, Kind.KEYWORD, "动作", "操作"),
    OUTCOME(Ecs.EVENT_OUTCOME, Kind.KEYWORD, "结果"),
    SOURCE_IP(Ecs.SOURCE_IP, Kind.ADDRESS, "来源IP", "源IP", "来源地址", "源地址"),
    DESTINATION_IP(Ecs.DESTINATION_IP, Kind.ADDRESS, "目的IP", "目标IP", "目的地址", "目标地址"),
    USER(Ecs.USER_NAME, Kind.KEYWORD, "用户", "用户名", "账号"),
    HOST(Ecs.HOST_NAME, Kind.KEYWORD, "主机", "主机名"),
    ORGANIZATION(Ecs.ORGANIZATION_ID, Kind.KEYWORD, "单位", "单位编码"),
    STATUS(Ecs.HTTP_STATUS, Kind.NUMBER, "状态码", "响应码"),
    PATH(Ecs.URL_PATH, Kind.KEYWORD, "路径", "网址路径"),
    ID(Ecs.EVENT_ID, Kind.KEYWORD, "日志编号"),
    TIME(Ecs.TIMESTAMP, Kind.TIME, "时间", "发生时间"),
    TEXT(Ecs.EVENT_ORIGINAL, Kind.TEXT, "原文", "原始日志", "message");

    /** How its values are compared. */
    public enum Kind {
        KEYWORD,
        ADDRESS,
        NUMBER,
        TIME,
        TEXT
    }

    private static final Map<String, HotField> BY_NAME = new HashMap<>();

    static {
        for (HotField field : values()) {
            BY_NAME.put(field.field.name(), field);
            field.aliases.forEach(alias -> BY_NAME.put(alias.toLowerCase(Locale.ROOT), field));
        }
    }

    private final Field field;
    private final Kind kind;
    private final List<String> aliases;

    HotField(Field field, Kind kind, String... aliases) {
        this.field = field;
        this.kind = kind;
        this.aliases = List.of(aliases);
    }

    /** The ECS field. */
    public Field field() {
        return field;
    }

    public Kind kind() {
        return kind;
    }

    /** Other names that mean it. */
    public List<String> aliases() {
        return aliases;
    }

    /** Whether {@code top} can count its values: not ids, times or text, whose values hardly repeat. */
    public boolean countable() {
        return this != ID && this != TIME && this != TEXT;
    }

    /** By ECS name or alias, whatever the case. */
    public static Optional<HotField> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    /** ECS names of all, in order, for help and error messages. */
    public static List<String> names() {
        return new ArrayList<>(
                Arrays.stream(values()).map(field -> field.field.name()).toList());
    }
}
