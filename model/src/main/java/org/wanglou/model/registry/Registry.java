package org.wanglou.model.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;

/**
 * Organisations and assets at one moment: address → asset → organisation. Immutable.
 */
public final class Registry {
    public static final Registry EMPTY = new Registry(List.of(), List.of());

    private final Map<String, Organization> organizations = new HashMap<>();
    private final Map<String, Asset> assets = new HashMap<>();
    private final Map<String, Asset> byHost = new HashMap<>();
    private final PrefixMap<Organization> units;
    private final PrefixMap<Asset> addresses;
    private final Map<String, TreeMap<Integer, PortBlock>> blocks = new HashMap<>();

    public Registry(List<Organization> organizations, List<Asset> assets) {
        this(organizations, assets, List.of());
    }

    /** @param blocks ports of public addresses that belong to one unit each; none overlaps another */
    public Registry(List<Organization> organizations, List<Asset> assets, List<PortBlock> blocks) {
        PrefixMap.Builder<Organization> unitPrefixes = PrefixMap.builder();
        for (Organization organization : organizations) {
            this.organizations.put(organization.id(), organization);
            organization.prefixes().forEach(prefix -> unitPrefixes.put(prefix, organization));
        }
        PrefixMap.Builder<Asset> assetPrefixes = PrefixMap.builder();
        for (Asset asset : assets) {
            this.assets.put(asset.id(), asset);
            asset.addresses().forEach(address -> assetPrefixes.put(address, asset));
            asset.hosts().forEach(host -> byHost.putIfAbsent(host.toLowerCase(Locale.ROOT), asset));
        }
        for (PortBlock block : blocks) {
            this.blocks
                    .computeIfAbsent(block.address(), address -> new TreeMap<>())
                    .put(block.first(), block);
        }
        this.units = unitPrefixes.build();
        this.addresses = assetPrefixes.build();
    }

    public Optional<Organization> organization(String id) {
        return Optional.ofNullable(organizations.get(id));
    }

    public Optional<Asset> asset(String id) {
        return Optional.ofNullable(assets.get(id));
    }

    public Optional<Organization> unitOf(String address) {
        return units.find(address);
    }

    /**
     * The unit to which an exit translates a port of a public address; empty when no block holds it.
     *
     * @param address in canonical form
     */
    public Optional<Organization> unitBehind(String address, long port) {
        TreeMap<Integer, PortBlock> of = blocks.get(address);
        if (of == null || port < 1 || port > 65_535) {
            return Optional.empty();
        }
        Map.Entry<Integer, PortBlock> below = of.floorEntry((int) port);
        return below == null || below.getValue().last() < port
                ? Optional.empty()
                : organization(below.getValue().organization());
    }

    public Optional<Asset> assetAt(String address) {
        return addresses.find(address);
    }

    public Optional<Asset> assetNamed(String host) {
        return Optional.ofNullable(byHost.get(host.toLowerCase(Locale.ROOT)));
    }

    public Iterable<Organization> organizations() {
        return organizations.values();
    }

    public Iterable<Asset> assets() {
        return assets.values();
    }

    /** True if {@code id} is {@code root} or lies below it. */
    public boolean within(String id, String root) {
        String at = id;
        for (int depth = 0; depth < 16 && !at.isEmpty(); depth++) {
            if (at.equals(root)) {
                return true;
            }
            Organization organization = organizations.get(at);
            at = organization == null ? "" : organization.parent();
        }
        return false;
    }

    /**
     * The asset an event acts upon: by destination address, host address, host name, or the observer's own address (a
     * server logging about itself).
     */
    public Optional<Asset> targetOf(Event event) {
        return event.text(Ecs.DESTINATION_IP)
                .flatMap(this::assetAt)
                .or(() -> event.text(Ecs.HOST_IP).flatMap(this::assetAt))
                .or(() -> event.text(Ecs.HOST_NAME).flatMap(this::assetNamed))
                .or(() -> event.text(Ecs.URL_DOMAIN).flatMap(this::assetNamed));
    }

    /** The event with {@code wanglou.asset.id} filled where the registry knows the target. */
    public Event enrich(Event event) {
        Optional<Asset> asset = targetOf(event);
        return asset.isEmpty()
                ? event
                : event.toBuilder().set(Ecs.WL_ASSET, asset.get().id()).build();
    }
}
