package org.wanglou.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.correlator.reference.SnapshotStore;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.correlator.wire.Switch;
import org.wanglou.rules.Pack;
import org.wanglou.rules.PackReader;
import org.wanglou.rules.grading.Tables;
import org.wanglou.rules.sigma.RuleSet;

/** Rule sets that differ by a rule, and the check of who saw what against the switch records. */
final class SwitchProof {
    static final Map<String, String> OLD = Map.of("old.yml", sigma("t-old"));
    static final Map<String, String> NEW = Map.of("old.yml", sigma("t-old"), "new.yml", sigma("t-new"));
    static final Map<String, String> NEWER =
            Map.of("old.yml", sigma("t-old"), "new.yml", sigma("t-new"), "newer.yml", sigma("t-newer"));

    private SwitchProof() {}

    private static String sigma(String id) {
        return "title: " + id + "\nid: " + id + "\nlevel: low\nlogsource: {category: test}\n"
                + "detection: {sel: {user.name: root}, condition: sel}\n";
    }

    private static List<Pack> packs(Map<String, String> files) {
        List<Pack> packs = new ArrayList<>(PackScenarioTest.PACKS);
        packs.add(PackReader.read("extra", "test", files));
        return packs;
    }

    static Detectors detectors(Map<String, String> files) {
        return Detectors.of(RuleSet.compile(packs(files)), PackScenarioTest.INDICATORS);
    }

    static Knowledge knowledge(Map<String, String> files) {
        return Knowledge.of(packs(files), Tables.builtIn());
    }

    /**
     * Each event was seen once by the old rule, and by a new one exactly if its offset is not before its partition's
     * switch.
     *
     * @return how many events there are
     */
    static int verify(Broker broker, SnapshotStore snapshots, String... newRules) {
        Map<String, Broker.Place> places = broker.places();
        assertThat(ids(broker, "t-old")).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(places.keySet());
        for (String rule : newRules) {
            Map<String, Long> from = new HashMap<>();
            for (Switch one : broker.switches("detect")) {
                if (has(snapshots, one.digest(), rule)) {
                    from.merge(one.topic() + "/" + one.partition(), one.offset(), Math::min);
                }
            }
            Set<String> expected = new HashSet<>();
            places.forEach((id, place) -> {
                String partition = place.topic() + "/" + place.partition();
                if (place.offset() >= from.getOrDefault(partition, Long.MAX_VALUE)) {
                    expected.add(id);
                }
            });
            assertThat(ids(broker, rule))
                    .as(rule)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
        return places.size();
    }

    /** Event ids of a rule's signals. */
    static List<String> ids(Broker broker, String rule) {
        return broker.told(rule).stream()
                .map(signal -> signal.evidence().eventIds().get(0))
                .toList();
    }

    private static boolean has(SnapshotStore snapshots, String digest, String rule) {
        byte[] archive = snapshots.load(digest).orElseThrow();
        return new String(archive, StandardCharsets.UTF_8).contains("id: " + rule + "\\n");
    }
}
