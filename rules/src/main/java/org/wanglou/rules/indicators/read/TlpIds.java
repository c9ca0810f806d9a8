package org.wanglou.rules.indicators.read;

import java.util.Map;
import java.util.Optional;

/** The fixed identifiers of the Traffic Light Protocol in STIX (2.1 §7.2.1.4, and the TLP 2.0 extension). Immutable. */
final class TlpIds {
    private static final Map<String, String> IDS = Map.of(
            "613f2e26-407d-48c7-9eca-b8e91df99dc9", "TLP:WHITE",
            "34098fce-860f-48ae-8e50-ebd3cc5e41da", "TLP:GREEN",
            "f88d31f6-486f-44da-b317-01333bde0b82", "TLP:AMBER",
            "5e57c739-391a-4eb3-b6be-7d15ca92d5ed", "TLP:RED",
            "94868c89-83c2-464b-929b-a1a8aa3c8487", "TLP:CLEAR",
            "bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "TLP:GREEN",
            "55d920b0-5e8b-4f79-9ee9-91f868d9b421", "TLP:AMBER",
            "939a9414-2ddd-4d32-a0cd-375ea402b003", "TLP:AMBER+STRICT",
            "e828b379-4e03-4974-9ac4-e53a884c97c1", "TLP:RED");

    private TlpIds() {}

    static Optional<String> of(String id) {
        return Optional.ofNullable(IDS.get(id.startsWith("marking-definition--") ? id.substring(20) : id));
    }
}
