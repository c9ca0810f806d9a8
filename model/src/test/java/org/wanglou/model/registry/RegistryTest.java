package org.wanglou.model.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Addresses;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;

class RegistryTest {
    private static final Organization PROVINCE =
            new Organization("37", "", "示范省教育厅", "province", List.of("10.0.0.0/8"), List.of());
    private static final Organization CITY =
            new Organization("3701", "37", "甲市教育局", "city", List.of("10.1.0.0/16", "2001:db8:1::/48"), List.of());
    private static final Organization SCHOOL =
            new Organization("370101", "3701", "甲市第一中学", "school", List.of("10.1.2.0/24"), List.of());
    private static final Asset PORTAL = new Asset(
            "a1",
            "门户网站",
            "370101",
            List.of("10.1.2.3", "2001:db8:1::3"),
            List.of("WEB01"),
            ProtectionLevel.LEVEL_2,
            false,
            "",
            0,
            List.of());
    private static final Registry REGISTRY = new Registry(List.of(PROVINCE, CITY, SCHOOL), List.of(PORTAL));

    @Test
    void the_longest_prefix_wins() {
        assertThat(REGISTRY.unitOf("10.1.2.9").map(Organization::id)).contains("370101");
        assertThat(REGISTRY.unitOf("10.1.3.9").map(Organization::id)).contains("3701");
        assertThat(REGISTRY.unitOf("10.9.9.9").map(Organization::id)).contains("37");
        assertThat(REGISTRY.unitOf("2001:db8:1:ff::1").map(Organization::id)).contains("3701");
        assertThat(REGISTRY.unitOf("192.0.2.1")).isEmpty();
        assertThat(REGISTRY.unitOf("not an address")).isEmpty();
    }

    @Test
    void a_unit_lies_within_itself_and_all_above_it() {
        assertThat(REGISTRY.within("370101", "37")).isTrue();
        assertThat(REGISTRY.within("370101", "370101")).isTrue();
        assertThat(REGISTRY.within("37", "370101")).isFalse();
        assertThat(REGISTRY.within("unknown", "37")).isFalse();
    }

    @Test
    void an_event_is_enriched_with_the_asset_it_acts_upon() {
        Event byAddress = Event.builder().set(Ecs.DESTINATION_IP, "10.1.2.3").build();
        Event byHost = Event.builder().set(Ecs.HOST_NAME, "web01").build();
        Event nobody = Event.builder().set(Ecs.HOST_NAME, "other").build();
        assertThat(REGISTRY.enrich(byAddress).text(Ecs.WL_ASSET)).contains("a1");
        assertThat(REGISTRY.enrich(byHost).text(Ecs.WL_ASSET)).contains("a1");
        assertThat(REGISTRY.enrich(nobody).text(Ecs.WL_ASSET)).isEmpty();
    }

    @Test
    void a_malformed_prefix_is_refused_by_name() {
        PrefixMap.Builder<String> builder = PrefixMap.builder();
        assertThatThrownBy(() -> builder.put("10.0.0.0/33", "x")).hasMessageContaining("10.0.0.0/33");
        assertThatThrownBy(() -> builder.put("ten", "x")).hasMessageContaining("ten");
        assertThat(builder.put("10.0.0.0/8", "a")).isTrue();
        assertThat(builder.put("10.1.0.0/8", "b")).as("the same prefix").isFalse();
    }

    @Property(tries = 300)
    void an_address_is_found_under_each_of_its_own_prefixes(
            @ForAll @Size(4) byte[] four,
            @ForAll @Size(16) byte[] sixteen,
            @ForAll @IntRange(min = 0, max = 32) int bits) {
        for (byte[] bytes : List.of(four, sixteen)) {
            String text =
                    Addresses.format(Addresses.parse(Addresses.format(bytes)).orElseThrow());
            int width = Addresses.parse(text).orElseThrow().length * 8;
            PrefixMap.Builder<String> builder = PrefixMap.builder();
            builder.put(text + "/" + bits, "short");
            builder.put(text + "/" + width, "exact");
            Optional<String> found = builder.build().find(text);
            assertThat(found).contains(bits == width ? "short" : "exact");
        }
    }
}
