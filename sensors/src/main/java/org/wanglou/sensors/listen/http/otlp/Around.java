package org.wanglou.sensors.listen.http.otlp;

import java.util.Map;

/**
 * What several records share. Immutable.
 *
 * @param resource attributes of who speaks
 * @param scope attributes of the library that speaks
 * @param scopeName its name, empty when none is given
 * @param bytes that both take in the request; each of their records is larger by so much
 */
record Around(Map<String, Object> resource, Map<String, Object> scope, String scopeName, int bytes) {

    Around {
        resource = Map.copyOf(resource);
        scope = Map.copyOf(scope);
    }
}
