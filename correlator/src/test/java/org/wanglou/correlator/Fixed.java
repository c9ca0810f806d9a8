package org.wanglou.correlator;

import java.util.List;
import org.wanglou.model.Snapshots;
import org.wanglou.model.registry.Asset;
import org.wanglou.model.registry.Organization;
import org.wanglou.model.registry.ProtectionLevel;
import org.wanglou.model.registry.Registry;

/** A small made-up registry that never changes. */
public record Fixed(Registry registry, String registryDigest) implements Snapshots {
    /** One school with a server of the given protection level and, on it, a data set of that many persons. */
    public static Fixed school(int protectionLevel, long persons) {
        return new Fixed(
                new Registry(
                        List.of(new Organization("org-demo", "", "示范学校", "school", List.of("192.0.2.0/24"), List.of())),
                        List.of(new Asset(
                                "asset-1",
                                "教务系统",
                                "org-demo",
                                List.of("192.0.2.10"),
                                List.of("web01"),
                                ProtectionLevel.of(protectionLevel),
                                false,
                                persons > 0 ? "personal" : "",
                                persons,
                                List.of()))),
                "registry-" + protectionLevel);
    }
}
