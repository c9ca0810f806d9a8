package org.wanglou.app.config;

import java.util.Locale;

/** How big an instance is meant to be. Immutable. */
public enum Profile {
    /** A school or county office: 2 GB of memory. */
    SMALL(4, 768),
    /** A city or a large school: 8 GB of memory. */
    MEDIUM(8, 4096);

    private final int partitions;
    private final int heapMegabytes;

    Profile(int partitions, int heapMegabytes) {
        this.partitions = partitions;
        this.heapMegabytes = heapMegabytes;
    }

    /** Partitions of the partitioned topics, fixed when the topics are made. */
    public int partitions() {
        return partitions;
    }

    /** The heap the figures of this profile need, in MiB ({@code WANGLOU_HEAP}). */
    public int heapMegabytes() {
        return heapMegabytes;
    }

    /** The word in the file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
