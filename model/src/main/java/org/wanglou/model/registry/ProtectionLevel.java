package org.wanglou.model.registry;

/** 安全保护等级, 第一级 to 第五级 (GB/T 22240-2020); UNKNOWN is graded as 一般 importance and says so. */
public enum ProtectionLevel {
    UNKNOWN,
    LEVEL_1,
    LEVEL_2,
    LEVEL_3,
    LEVEL_4,
    LEVEL_5;

    /** From 0 (unknown) to 5. */
    public static ProtectionLevel of(int level) {
        if (level < 0 || level > 5) {
            throw new IllegalArgumentException("protection level must be 0 (unknown) to 5, is " + level);
        }
        return values()[level];
    }

    public int number() {
        return ordinal();
    }

    public String chinese() {
        return this == UNKNOWN ? "未定级" : "第" + "一二三四五".charAt(ordinal() - 1) + "级";
    }
}
