package org.wanglou.model.cases;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** States of a case (处置单) and the steps allowed between them. */
public enum CaseState {
    NEW("待研判"),
    CONFIRMED("已确认"),
    FALSE_POSITIVE("误报"),
    DUPLICATE("重复"),
    NOT_OURS("非本单位"),
    HANDLING("处置中"),
    RECTIFYING("待整改"),
    REVIEWING("待复核"),
    CLOSED("办结"),
    ARCHIVED("归档");

    private static final Map<CaseState, Set<CaseState>> NEXT = new EnumMap<>(CaseState.class);

    static {
        NEXT.put(NEW, EnumSet.of(CONFIRMED, FALSE_POSITIVE, DUPLICATE, NOT_OURS));
        NEXT.put(CONFIRMED, EnumSet.of(HANDLING, RECTIFYING, REVIEWING, CLOSED, FALSE_POSITIVE));
        NEXT.put(FALSE_POSITIVE, EnumSet.of(NEW, ARCHIVED));
        NEXT.put(DUPLICATE, EnumSet.of(NEW, ARCHIVED));
        NEXT.put(NOT_OURS, EnumSet.of(NEW, ARCHIVED));
        NEXT.put(HANDLING, EnumSet.of(RECTIFYING, REVIEWING, CLOSED, FALSE_POSITIVE));
        NEXT.put(RECTIFYING, EnumSet.of(REVIEWING, HANDLING, CLOSED));
        NEXT.put(REVIEWING, EnumSet.of(CLOSED, RECTIFYING));
        NEXT.put(CLOSED, EnumSet.of(ARCHIVED, NEW));
        NEXT.put(ARCHIVED, EnumSet.noneOf(CaseState.class));
    }

    private final String chinese;

    CaseState(String chinese) {
        this.chinese = chinese;
    }

    public String chinese() {
        return chinese;
    }

    public Set<CaseState> next() {
        return Set.copyOf(NEXT.getOrDefault(this, Set.of()));
    }

    public boolean open() {
        return this == NEW || this == CONFIRMED || this == HANDLING || this == RECTIFYING || this == REVIEWING;
    }
}
