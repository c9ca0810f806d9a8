package org.wanglou.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wanglou.alerting.notify.Route;
import org.wanglou.model.Snapshots;
import org.wanglou.model.registry.Registry;
import org.wanglou.rules.Pack;
import org.wanglou.rules.grading.Tables;
import org.wanglou.rules.indicators.IndicatorRule;
import org.wanglou.rules.playbook.Playbook;

/** The settings that hold now, as the rooms ask for them; swapped whole. Thread-safe. */
final class InForce implements Snapshots {
    private volatile Settings settings;

    InForce(Settings first) {
        this.settings = first;
    }

    Settings settings() {
        return settings;
    }

    void swap(Settings next) {
        settings = next;
    }

    @Override
    public Registry registry() {
        return settings().registry().registry();
    }

    @Override
    public String registryDigest() {
        return settings().registry().digest();
    }

    List<Route> routes() {
        return settings().routes();
    }

    Tables tables() {
        return settings().tables();
    }

    Optional<Playbook> playbook(String id) {
        return settings().packs().stream()
                .flatMap(pack -> pack.playbook().stream())
                .filter(plan -> plan.id().equals(id))
                .findFirst();
    }

    static List<IndicatorRule> indicators(List<Pack> packs) {
        List<IndicatorRule> indicators = new ArrayList<>();
        packs.forEach(pack -> pack.indicators().ifPresent(indicators::add));
        return indicators;
    }
}
