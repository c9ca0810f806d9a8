package org.wanglou.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wanglou.alerting.notify.Route;
import org.wanglou.alerting.notify.Secret;
import org.wanglou.app.config.Configuration.RegistryFiles;
import org.wanglou.model.Level;
import org.wanglou.rules.text.YamlNode;
import org.wanglou.rules.text.YamlReader;
import org.wanglou.store.events.Retention;

/** Reads the configuration file. Stateless. */
public final class ConfigReader {
    private static final String EXAMPLE = "/wanglou.example.yml";

    private ConfigReader() {}

    /**
     * Reads a file.
     *
     * @param environment where {@code ${NAME}} is looked up
     * @throws BadConfiguration naming everything that is wrong, with line and remedy
     */
    public static Configuration read(Path file, Map<String, String> environment) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            Path base = parent == null ? Path.of(".") : parent;
            return read(file.toString(), Files.readString(file, StandardCharsets.UTF_8), base, environment);
        } catch (IOException e) {
            throw new BadConfiguration(List.of(new ConfigProblem(
                    file.toString(), 0, "", "cannot be read", "check that it is there, readable, and UTF-8")));
        }
    }

    /**
     * Reads a text.
     *
     * @param base directory from which relative paths count
     */
    public static Configuration read(String name, String text, Path base, Map<String, String> environment) {
        List<ConfigProblem> problems = new ArrayList<>();
        List<YamlNode> documents = YamlReader.read(
                name,
                text,
                fault -> problems.add(new ConfigProblem(name, fault.line(), "", fault.message(), fault.remedy())));
        if (documents.size() > 1) {
            problems.add(new ConfigProblem(
                    name, documents.get(1).line(), "", "there is a second document", "keep one, without ---"));
        }
        YamlNode node = documents.isEmpty() ? YamlNode.missing(1) : documents.get(0);
        Section root = new Section(name, node, problems::add);
        Secrets secrets = new Secrets(environment, base);
        Configuration configuration = new Configuration(
                name,
                node(root),
                profile(root),
                SensorEntries.bind(root.section("console"), "bind")
                        .orElse(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                new SensorEntries(secrets, base).read(root),
                allow(root.section("notify")),
                routes(root.section("notify"), secrets),
                packs(root, base),
                root.flag("builtInPacks"),
                registry(root, base),
                root.has("privacy") ? file(root.section("privacy"), "enrolled", base) : Optional.empty(),
                retention(root));
        if (!problems.isEmpty()) {
            throw new BadConfiguration(problems.stream().distinct().toList());
        }
        return configuration;
    }

    /** The commented example. */
    public static String example() {
        try (InputStream in = ConfigReader.class.getResourceAsStream(EXAMPLE)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: " + EXAMPLE + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String node(Section root) {
        String node = root.text("node");
        if (!node.matches("[a-z0-9][a-z0-9.-]{0,62}")) {
            root.problem("node", "\"" + node + "\" is no name", "write lower-case letters, digits, dots and dashes");
        }
        return node;
    }

    private static Profile profile(Section root) {
        String word = root.text("profile");
        for (Profile profile : Profile.values()) {
            if (profile.word().equals(word)) {
                return profile;
            }
        }
        root.problem("profile", "there is no profile \"" + word + "\"", "write small or medium");
        return Profile.SMALL;
    }

    private static List<String> allow(Section notify) {
        List<String> allow = notify.texts("allow");
        for (String entry : allow) {
            if (!entry.matches("[^\\s/@]+:[0-9]{1,5}")) {
                notify.problem("allow", "\"" + entry + "\" is not host:port", "write such as \"10.1.2.3:9000\"");
            }
        }
        return allow;
    }

    private static List<Route> routes(Section notify, Secrets secrets) {
        List<Route> routes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section entry : notify.sections("routes")) {
            String name = entry.text("name");
            if (!name.isEmpty() && !names.add(name)) {
                entry.problem("name", "another route is named " + name, "give each its own name");
            }
            String notifier = entry.text("notifier");
            if (!notifier.equals("webhook")) {
                entry.problem("notifier", "there is no notifier \"" + notifier + "\"", "write webhook");
            }
            String url = entry.text("url");
            if (!url.isEmpty() && !isHttp(url)) {
                entry.problem("url", "is not an http or https address", "write such as https://im.example.cn/hook");
            }
            Optional<Level> minimum = Level.of(entry.text("minimum"));
            if (minimum.isEmpty()) {
                entry.problem("minimum", "is no severity", "write informational, low, medium, high or critical");
            }
            Optional<Secret> secret = secrets.read(entry, "secret").flatMap(text -> secret(entry, text));
            List<String> organizations = entry.texts("organizations");
            if (secret.isEmpty() || minimum.isEmpty()) {
                continue;
            }
            try {
                routes.add(new Route(name, notifier, url, organizations, minimum.get(), secret.get()));
            } catch (IllegalArgumentException e) {
                entry.problem("", String.valueOf(e.getMessage()), "mend the entry");
            }
        }
        return routes;
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme());
            return uri.getHost() != null
                    && uri.getUserInfo() == null
                    && (scheme.equals("https") || scheme.equals("http"));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Optional<Secret> secret(Section entry, String text) {
        try {
            return Optional.of(Secret.parse(text));
        } catch (IllegalArgumentException e) {
            // The message of the parser says what is wrong with the form and never quotes the secret.
            entry.problem("secret", String.valueOf(e.getMessage()), "'wanglou keys secret' makes one");
            return Optional.empty();
        }
    }

    private static List<Path> packs(Section root, Path base) {
        List<Path> packs = new ArrayList<>();
        for (String text : root.texts("packs")) {
            Path folder = base.resolve(text);
            if (!Files.isDirectory(folder)) {
                root.problem("packs", folder + " is not a folder", "name folders of Sigma rules or packs");
            }
            packs.add(folder);
        }
        return packs;
    }

    private static Optional<RegistryFiles> registry(Section root, Path base) {
        if (!root.has("registry")) {
            return Optional.empty();
        }
        Section registry = root.section("registry");
        Optional<Path> organizations = file(registry, "organizations", base);
        Optional<Path> assets = file(registry, "assets", base);
        Optional<Path> contacts = file(registry, "contacts", base);
        Optional<Path> portBlocks = file(registry, "portBlocks", base);
        if (!registry.has("organizations")) {
            registry.problem("organizations", "is missing", "name the CSV of units, or take registry out");
        }
        return organizations.map(path -> new RegistryFiles(path, assets, contacts, portBlocks));
    }

    private static Optional<Path> file(Section registry, String word, Path base) {
        String text = registry.text(word);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Path file = base.resolve(text);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            registry.problem(word, file + " cannot be read", "check the path and that this user may read it");
            return Optional.empty();
        }
        return Optional.of(file);
    }

    private static int retention(Section root) {
        int days = root.number("retentionDays");
        if (days < Retention.LEAST_DAYS) {
            root.problem(
                    "retentionDays",
                    days + " days are fewer than the law allows: network logs are kept for at least six months"
                            + " (网络安全法 第二十三条, 2025 年修正前第二十一条第三项，条号待核)",
                    "write " + Retention.LEAST_DAYS + " or more; six calendar months are up to that many days");
        }
        return days;
    }
}
