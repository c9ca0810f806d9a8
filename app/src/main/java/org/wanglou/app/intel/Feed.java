package org.wanglou.app.intel;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A server that gives indicators. Immutable; prints without its secrets.
 *
 * @param url TAXII: the API root; MISP: the folder with {@code manifest.json}
 * @param collection TAXII: id or title of a collection; empty: all that may be read
 * @param user for basic authentication, with {@code secret} the password; empty: {@code secret} is a bearer token
 * @param secret empty: none is sent
 * @param authorities PEM file of the authorities that are believed; empty: those of the Java platform
 * @param every time between two pulls
 */
public record Feed(
        String name,
        Kind kind,
        URI url,
        String collection,
        String user,
        String secret,
        Optional<Path> authorities,
        Duration every,
        int confidence,
        int lifetimeDays,
        boolean observables) {
    /** What it speaks. */
    public enum Kind {
        TAXII,
        MISP
    }

    @Override
    public String toString() {
        return "Feed[" + name + " " + kind + " " + url + "]";
    }
}
