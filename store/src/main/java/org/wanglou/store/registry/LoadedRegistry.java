package org.wanglou.store.registry;

import java.util.List;
import org.wanglou.model.registry.Asset;
import org.wanglou.model.registry.Organization;
import org.wanglou.model.registry.Registry;

/**
 * What came of reading the files. Immutable.
 *
 * @param registry for look-ups
 * @param digest hex SM3 of the canonical form: the same for the same content, whatever the order of rows or the encoding
 * @param organizations by id
 * @param assets by id
 * @param problems in the order of the files
 */
public record LoadedRegistry(
        Registry registry,
        String digest,
        List<Organization> organizations,
        List<Asset> assets,
        List<RegistryProblem> problems) {
    public LoadedRegistry {
        organizations = List.copyOf(organizations);
        assets = List.copyOf(assets);
        problems = List.copyOf(problems);
    }
}
