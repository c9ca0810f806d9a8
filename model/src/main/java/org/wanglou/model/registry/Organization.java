package org.wanglou.model.registry;

import java.util.List;

/**
 * A unit of the tree province → city → county → school.
 *
 * @param id administrative division code or code of the school, unique
 * @param parent id of the unit above, empty at the root
 * @param name Chinese name
 * @param kind province, city, county, school or guest (a unit without own sensors)
 * @param prefixes address prefixes in CIDR form that belong to it
 * @param contacts who answers for it
 */
public record Organization(
        String id, String parent, String name, String kind, List<String> prefixes, List<Responsibility> contacts) {
    public Organization {
        prefixes = List.copyOf(prefixes);
        contacts = List.copyOf(contacts);
    }
}
