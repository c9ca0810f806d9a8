package org.wanglou.app.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.wanglou.app.intel.Feed;
import org.wanglou.app.intel.IntelSettings;

/** Reads the section {@code intel}. Stateless but for where it finds secrets. */
final class IntelEntry {
    private final Secrets secrets;
    private final Path base;

    IntelEntry(Secrets secrets, Path base) {
        this.secrets = secrets;
        this.base = base;
    }

    IntelSettings read(Section root) {
        if (!root.has("intel")) {
            return IntelSettings.NONE;
        }
        Section intel = root.section("intel");
        Optional<Path> folder = there(intel, "folder", intel.text("folder"));
        List<Path> warninglists = new ArrayList<>();
        for (String text : intel.texts("warninglists")) {
            there(intel, "warninglists", text).ifPresent(warninglists::add);
        }
        Optional<Path> suffixes = there(intel, "publicSuffixes", intel.text("publicSuffixes"));
        List<Feed> feeds = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section entry : intel.sections("feeds")) {
            String name = entry.text("name");
            if (!name.matches("[a-z0-9][a-z0-9-]{0,62}") || !names.add(name)) {
                entry.problem(
                        "name", "\"" + name + "\" is no name or there twice", "lower-case letters, digits, dashes");
            } else {
                feed(entry, name).ifPresent(feeds::add);
            }
        }
        return new IntelSettings(folder, warninglists, suffixes, feeds);
    }

    private Optional<Path> there(Section section, String word, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Path path = base.resolve(text);
        if (!Files.isReadable(path)) {
            section.problem(word, path + " cannot be read", "check the path and that this user may read it");
        }
        return Optional.of(path);
    }

    private Optional<Feed> feed(Section entry, String name) {
        String kind = entry.text("kind").toUpperCase(Locale.ROOT);
        if (!kind.equals("TAXII") && !kind.equals("MISP")) {
            entry.problem("kind", "there is no kind of feed \"" + entry.text("kind") + "\"", "write taxii or misp");
            return Optional.empty();
        }
        URI url;
        try {
            url = URI.create(entry.text("url"));
        } catch (IllegalArgumentException e) {
            url = URI.create("");
        }
        boolean local =
                "http".equals(url.getScheme()) && String.valueOf(url.getHost()).matches("127\\..*|localhost|\\[::1]");
        if (url.getHost() == null || url.getUserInfo() != null || !"https".equals(url.getScheme()) && !local) {
            entry.problem("url", "is not an https address", "write such as https://taxii.example.cn/api1/");
            return Optional.empty();
        }
        Optional<String> secret = secrets.read(entry, "secret");
        if (entry.has("secret") && secret.isEmpty()) {
            return Optional.empty();
        }
        int minutes = bounded(entry, "minutes", 1, 43_200);
        int confidence = bounded(entry, "confidence", 0, 100);
        int days = bounded(entry, "lifetimeDays", 0, 3650);
        return Optional.of(new Feed(
                name,
                Feed.Kind.valueOf(kind),
                url.getPath().endsWith("/") ? url : URI.create(url + "/"),
                entry.text("collection"),
                entry.text("user"),
                secret.orElse(""),
                there(entry, "authorities", entry.text("authorities")),
                Duration.ofMinutes(minutes),
                confidence,
                days,
                entry.flag("observables")));
    }

    private static int bounded(Section entry, String word, int least, int most) {
        int number = entry.number(word);
        if (number < least || number > most) {
            entry.problem(word, number + " is out of bounds", least + " to " + most);
            return least;
        }
        return number;
    }
}
