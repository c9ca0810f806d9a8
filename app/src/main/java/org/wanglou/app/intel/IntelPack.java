package org.wanglou.app.intel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Level;
import org.wanglou.rules.Pack;
import org.wanglou.rules.indicators.IndicatorRule;
import org.wanglou.rules.indicators.manifest.Manifest;
import org.wanglou.rules.indicators.manifest.ManifestReader.Opened;

/**
 * The lists in force as a pack, so that they are announced, switched to between two records and sealed as rules are: the
 * pack holds the manifest alone, whose digests stand for millions of indicators. Stateless.
 */
public final class IntelPack {
    /** Id of the pack. */
    public static final String ID = "intel";

    private static final String RULE = "wl-intel-indicator";
    private static final String TITLE = "命中威胁情报";
    private static final List<String> OUTBOUND = List.of(
            "gbt20986.attack.compromised-host", "attack.command-and-control", "wanglou.outbound", "wanglou.intel");
    private static final List<String> INBOUND =
            List.of("gbt20986.attack.other", "attack.initial-access", "wanglou.inbound", "wanglou.intel");

    private IntelPack() {}

    /** The pack of lists that were opened. */
    public static Pack of(Opened opened) {
        String manifest = opened.manifest().json();
        String version = Sm3.hex(manifest.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
        IndicatorRule rule = new IndicatorRule(RULE, TITLE, version, Level.HIGH, OUTBOUND, INBOUND, ID, opened.set());
        String yaml = "id: " + ID + "\ntitle: " + TITLE + "\nversion: \"" + version + "\"\nindicators:\n  id: " + RULE
                + "\n  title: " + TITLE + "\n  file: " + Manifest.FILE + "\n  level: high\n  outbound-tags: " + OUTBOUND
                + "\n  inbound-tags: " + INBOUND + "\n";
        return new Pack(
                ID,
                TITLE,
                version,
                "intel",
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(rule),
                Map.of("pack.yml", yaml, Manifest.FILE, manifest),
                List.of());
    }
}
