package org.wanglou.correlator.detect;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wanglou.correlator.reference.Archive;
import org.wanglou.correlator.reference.Reference;
import org.wanglou.correlator.routes.Routes;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Event;
import org.wanglou.rules.Pack;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.indicators.IndicatorRule;
import org.wanglou.rules.packs.PackArchive;
import org.wanglou.rules.sigma.RuleSet;
import org.wanglou.rules.sigma.SigmaRule;

/** The table of detectors over one state of knowledge, with the routes of its correlations. Immutable. */
public final class Detectors implements Reference {
    /** Name of the kind. */
    public static final String KIND = PackArchive.RULES;

    private final List<Detector> detectors;
    private final Routes routes;
    private final List<RuleProblem> problems;
    private final @Nullable Archive archive;
    private final String name;

    private Detectors(
            List<Detector> detectors,
            Routes routes,
            List<RuleProblem> problems,
            @Nullable Archive archive,
            String name) {
        this.detectors = List.copyOf(detectors);
        this.routes = routes;
        this.problems = List.copyOf(problems);
        this.archive = archive;
        this.name = name;
    }

    /** A table that lives in memory only, under a digest of the caller's. */
    Detectors(List<Detector> detectors, Routes routes, String digest) {
        this(detectors, routes, List.of(), null, digest);
    }

    /**
     * Compiled rules and indicator lists. When the lists are those of the rules' packs, as is usual, it has an archive and
     * the digest is over its bytes.
     */
    public static Detectors of(RuleSet rules, List<IndicatorRule> indicators) {
        boolean whole = versions(packIndicators(rules.packs())).equals(versions(indicators));
        List<Pack> packs = rules.packs();
        return of(rules, indicators, whole ? new Archive(() -> PackArchive.rules(packs)) : null);
    }

    /**
     * Makes them again from an archive.
     *
     * @throws IllegalArgumentException when it is none of rules
     */
    public static Detectors of(byte[] archive) {
        PackArchive read = PackArchive.read(archive);
        if (!read.kind().equals(KIND)) {
            throw new IllegalArgumentException("archive of " + read.kind() + ", wanted is one of " + KIND);
        }
        RuleSet rules = RuleSet.compile(read.packs());
        return of(rules, packIndicators(read.packs()), new Archive(archive::clone));
    }

    private static List<IndicatorRule> packIndicators(List<Pack> packs) {
        return packs.stream().flatMap(pack -> pack.indicators().stream()).toList();
    }

    private static List<String> versions(List<IndicatorRule> indicators) {
        return indicators.stream().map(rule -> rule.id() + '@' + rule.version()).toList();
    }

    private static Detectors of(RuleSet rules, List<IndicatorRule> indicators, @Nullable Archive archive) {
        Set<String> speaking =
                rules.rules().stream().map(SigmaRule::id).filter(rules::speaks).collect(Collectors.toSet());
        return new Detectors(
                List.of(new SigmaDetector(rules), new IndicatorDetector(indicators), new CanaryDetector()),
                new Routes(rules.correlations(), speaking, rules.behaviours()),
                rules.problems(),
                archive,
                Sm3.id(rules.digest(), String.join("\n", versions(indicators))));
    }

    List<Detector> all() {
        return detectors;
    }

    void inspect(Event event, Consumer<Finding> findings) {
        for (Detector detector : detectors) {
            detector.inspect(event, findings);
        }
    }

    /** The ways of signals to their windows. */
    public Routes routes() {
        return routes;
    }

    /** Digest of the rules, as routed signals name it in {@code wl-ref}. */
    @Override
    public String digest() {
        return archive == null ? name : archive.digest();
    }

    @Override
    public Optional<byte[]> archive() {
        return Optional.ofNullable(archive).map(Archive::bytes);
    }

    @Override
    public List<RuleProblem> problems() {
        return problems;
    }
}
