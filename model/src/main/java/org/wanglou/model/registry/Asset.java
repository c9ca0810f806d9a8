package org.wanglou.model.registry;

import java.util.List;

/**
 * Something with an address that somebody answers for.
 *
 * @param id unique
 * @param name such as 教务系统
 * @param organization id of its unit
 * @param addresses addresses or prefixes, v4 or v6
 * @param hosts host names by which its logs call it
 * @param level protection level, UNKNOWN when not filed
 * @param critical whether it is critical information infrastructure (关键信息基础设施)
 * @param dataClass class of registered data, such as {@code personal}; empty when none
 * @param persons persons in the registered data set, 0 when none
 * @param duties 主管, 运维 and 使用单位
 */
public record Asset(
        String id,
        String name,
        String organization,
        List<String> addresses,
        List<String> hosts,
        ProtectionLevel level,
        boolean critical,
        String dataClass,
        long persons,
        List<Responsibility> duties) {
    public Asset {
        addresses = List.copyOf(addresses);
        hosts = List.copyOf(hosts);
        duties = List.copyOf(duties);
    }
}
