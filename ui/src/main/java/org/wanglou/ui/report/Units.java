package org.wanglou.ui.report;

import java.util.ArrayList;
import java.util.List;
import org.wanglou.alerting.cases.Refused;
import org.wanglou.model.registry.Organization;
import org.wanglou.model.registry.Registry;

/**
 * One organisation's subtree. Immutable.
 *
 * @param ids of its units; empty when it is the only root, to which also belongs what no known unit owns
 * @param count how many registered units there are
 */
record Units(Organization root, List<String> ids, int count) {
    static Units of(Registry registry, String organization) {
        Organization root =
                registry.organization(organization).orElseThrow(() -> new Refused(Refused.Kind.NOT_FOUND, "没有这个单位"));
        List<String> ids = new ArrayList<>();
        int roots = 0;
        for (Organization unit : registry.organizations()) {
            roots += unit.parent().isEmpty() ? 1 : 0;
            if (registry.within(unit.id(), organization)) {
                ids.add(unit.id());
            }
        }
        int count = ids.size();
        if (root.parent().isEmpty()) {
            ids.add("unassigned");
        }
        ids.sort(null);
        return new Units(root, root.parent().isEmpty() && roots == 1 ? List.of() : List.copyOf(ids), count);
    }
}
