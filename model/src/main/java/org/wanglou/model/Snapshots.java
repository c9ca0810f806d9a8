package org.wanglou.model;

import org.wanglou.model.registry.Registry;

/**
 * The reference data in force, handed to stages as immutable values. Tower fills it from store; a reader takes one
 * value and uses it for a whole record. Thread-safe.
 */
public interface Snapshots {
    /** Organisations and assets. */
    Registry registry();

    /** SM3 digest (hex) of the registry's canonical form. */
    String registryDigest();
}
