package org.wanglou.ui.registry;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.wanglou.model.registry.Asset;
import org.wanglou.model.registry.Organization;
import org.wanglou.ui.api.Call;
import org.wanglou.ui.api.Duty;
import org.wanglou.ui.api.Visible;
import org.wanglou.ui.http.Problem;

/** The registry in force. Thread-safe. */
public final class RegistryApi {
    record Unit(String id, String parent, String name, String kind) {}

    record WholeUnit(String id, String parent, String name, String kind, List<String> prefixes, List<Duty> contacts) {}

    record AssetView(
            String id,
            String name,
            Owner organization,
            int level,
            boolean critical,
            String dataClass,
            long persons,
            List<String> addresses,
            List<String> hosts,
            List<Duty> duties) {}

    record Owner(String id, String name) {}

    /** The unit above is named only where it is seen itself. */
    private static String parent(Organization organization, Visible visible) {
        return !organization.parent().isEmpty() && visible.sees(organization.parent()) ? organization.parent() : "";
    }

    public void organizations(Call call) {
        Visible visible = call.visible();
        call.reply(visible.organizations().stream()
                .map(unit -> new Unit(unit.id(), parent(unit, visible), unit.name(), unit.kind()))
                .toList());
    }

    public void organization(Call call) {
        Visible visible = call.visible();
        Organization unit = visible.registry()
                .organization(call.path("id"))
                .filter(found -> visible.sees(found.id()))
                .orElseThrow(Problem::notFound);
        call.reply(new WholeUnit(
                unit.id(),
                parent(unit, visible),
                unit.name(),
                unit.kind(),
                unit.prefixes(),
                unit.contacts().stream().map(contact -> Duty.of("", contact)).toList()));
    }

    /** Assets of a unit and those below it, or of all that is seen. */
    public void assets(Call call) {
        Visible visible = call.visible();
        Optional<List<String>> units = visible.units(call.query("org"));
        Set<String> wanted = Set.copyOf(units.orElse(List.of()));
        boolean all = units.isPresent() && wanted.isEmpty();
        call.reply(StreamSupport.stream(visible.registry().assets().spliterator(), false)
                .filter(asset -> all || wanted.contains(asset.organization()))
                .sorted(Comparator.comparing(Asset::id))
                .map(asset -> view(asset, visible))
                .toList());
    }

    private static AssetView view(Asset asset, Visible visible) {
        return new AssetView(
                asset.id(),
                asset.name(),
                new Owner(asset.organization(), visible.name(asset.organization())),
                asset.level().number(),
                asset.critical(),
                asset.dataClass(),
                asset.persons(),
                asset.addresses(),
                asset.hosts(),
                asset.duties().stream().map(duty -> Duty.of("", duty)).toList());
    }
}
