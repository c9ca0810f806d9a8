package org.wanglou.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.wanglou.crypto.envelope.Jcs;
import org.wanglou.rules.grading.Tables;
import org.wanglou.rules.packs.PackArchive;
import org.wanglou.rules.sigma.RuleSet;

class PackArchiveTest {
    private static final List<Pack> PACKS = Packs.builtIn();

    private static Pack changed(Pack pack, String file, String text) {
        Map<String, String> files = new TreeMap<>(pack.files());
        files.put(file, text);
        return PackReader.read(pack.id(), "test", files);
    }

    private static String text(byte[] archive) {
        return new String(archive, StandardCharsets.UTF_8);
    }

    @Test
    void the_same_rules_correlations_and_indicators_are_made_from_an_archive() {
        PackArchive read = PackArchive.read(PackArchive.rules(PACKS));

        RuleSet before = RuleSet.compile(PACKS);
        RuleSet after = RuleSet.compile(read.packs());
        assertThat(read.kind()).isEqualTo(PackArchive.RULES);
        assertThat(after.digest()).isEqualTo(before.digest());
        assertThat(after.problems()).isEmpty();
        assertThat(after.correlations()).isEqualTo(before.correlations());
        assertThat(read.packs().stream().flatMap(pack -> pack.indicators().stream()))
                .hasSameSizeAs(PACKS.stream()
                        .flatMap(pack -> pack.indicators().stream())
                        .toList());
        assertThat(PackArchive.rules(read.packs())).isEqualTo(PackArchive.rules(PACKS));
    }

    @Test
    void the_same_stories_claims_and_tables_are_made_from_an_archive() {
        PackArchive read = PackArchive.read(PackArchive.knowledge(PACKS, Tables.builtIn()));

        assertThat(read.tables().digest()).isEqualTo(Tables.builtIn().digest());
        assertThat(read.tables().grades()).isEqualTo(Tables.builtIn().grades());
        assertThat(read.assemblyDrl()).isEqualTo(Packs.assemblyDrl());
        assertThat(read.gradingDrl()).isEqualTo(Packs.gradingDrl());
        for (int i = 0; i < PACKS.size(); i++) {
            assertThat(read.packs().get(i).storyDrl()).isEqualTo(PACKS.get(i).storyDrl());
            assertThat(read.packs().get(i).claims()).isEqualTo(PACKS.get(i).claims());
        }
        assertThat(PackArchive.knowledge(read.packs(), read.tables()))
                .isEqualTo(PackArchive.knowledge(PACKS, Tables.builtIn()));
    }

    @Test
    void it_is_canonical_and_changes_with_what_it_is_for_and_with_nothing_else() {
        assertThat(Jcs.isCanonical(text(PackArchive.rules(PACKS)))).isTrue();
        List<Pack> packs = new ArrayList<>(PACKS);
        packs.set(0, changed(packs.get(0), "README.md", "other words"));
        assertThat(PackArchive.rules(packs)).isEqualTo(PackArchive.rules(PACKS));

        packs.set(0, changed(packs.get(0), "story.drl", "package other;"));
        assertThat(PackArchive.rules(packs)).isEqualTo(PackArchive.rules(PACKS));
        assertThat(PackArchive.knowledge(packs, Tables.builtIn()))
                .isNotEqualTo(PackArchive.knowledge(PACKS, Tables.builtIn()));

        packs = new ArrayList<>(PACKS);
        packs.set(1, changed(packs.get(1), "more.yml", "title: one"));
        assertThat(PackArchive.rules(packs)).isNotEqualTo(PackArchive.rules(PACKS));
        assertThat(PackArchive.knowledge(packs, Tables.builtIn()))
                .isEqualTo(PackArchive.knowledge(PACKS, Tables.builtIn()));

        packs = new ArrayList<>(PACKS);
        Collections.reverse(packs);
        assertThat(PackArchive.rules(packs)).isNotEqualTo(PackArchive.rules(PACKS));
    }

    @Test
    void what_is_damaged_or_of_a_later_version_is_refused_with_words() {
        byte[] half = text(PackArchive.rules(PACKS)).substring(0, 500).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> PackArchive.read(half)).hasMessageContaining("damaged");
        assertThatThrownBy(() -> PackArchive.read("{\"archive\":\"2\"}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("version '2'")
                .hasMessageContaining("upgrade");
        assertThatThrownBy(() -> PackArchive.read(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }
}
