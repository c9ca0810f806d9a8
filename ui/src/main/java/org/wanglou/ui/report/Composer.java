package org.wanglou.ui.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.wanglou.crypto.merkle.Checkpoint;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.ui.report.document.ReportDocument;
import org.wanglou.ui.report.document.ReportDocument.Completeness;
import org.wanglou.ui.report.document.ReportDocument.LedgerHead;
import org.wanglou.ui.report.document.ReportDocument.Made;
import org.wanglou.ui.report.document.ReportDocument.Section;
import org.wanglou.ui.report.document.ReportDocument.Unit;
import org.wanglou.ui.report.document.ReportSignature;
import org.wanglou.ui.report.document.Text;
import org.wanglou.ui.report.sections.Facts;
import org.wanglou.ui.report.sections.Sections;

/** Makes the document from what was read. Pure. */
final class Composer {
    private static final int MOST_TO_CHECK = 100;
    private static final Text TITLE = new Text("网络安全运行情况报告", "Network security operations report");
    private static final String CRYPTO = "软件密码模块（Bouncy Castle），未经商用密码认证";
    private static final List<String> NOTICES =
            List.of("机器生成，须经人工核对。", "非涉密系统，严禁存储、处理、传输国家秘密。", "本报告不含个人信息，不对人员排名。", "密码运算：" + CRYPTO + "。");

    private final Reports.Issuer issuer;
    private final Units units;
    private final Range range;

    Composer(Reports.Issuer issuer, Units units, Range range) {
        this.issuer = issuer;
        this.units = units;
        this.range = range;
    }

    /** @param by account name; empty for a preview, which has no id and names no key */
    ReportDocument compose(String by, String registryDigest, Facts facts, Completeness completeness) {
        List<Section> sections =
                Sections.ALL.stream().map(section -> section.of(facts)).toList();
        boolean preview = by.isEmpty();
        return new ReportDocument(
                ReportDocument.FORMAT,
                preview ? "" : id(sections, completeness, registryDigest),
                preview ? "preview" : "period",
                TITLE,
                new Unit(units.root().id(), units.root().name(), units.root().kind(), units.count()),
                range.period(),
                new Made(
                        Range.utc(range.now()),
                        Range.shown(range.now()),
                        by,
                        issuer.node(),
                        issuer.software(),
                        CRYPTO,
                        ReportSignature.ALGORITHM,
                        ReportSignature.USER_ID,
                        preview ? "" : issuer.signer().kid(),
                        preview ? "" : Keys.publicPem(issuer.signer().publicKey())),
                basis(facts, registryDigest),
                completeness,
                head(facts.ledger().checkpoint()),
                sections,
                toCheck(facts),
                NOTICES);
    }

    private static LedgerHead head(String checkpoint) {
        Checkpoint head = Checkpoint.parse(checkpoint);
        return new LedgerHead(head.origin(), head.size(), head.rootHex(), checkpoint);
    }

    /** Digests the incidents were judged by, and those in force now. */
    private Map<String, List<String>> basis(Facts facts, String registryDigest) {
        Map<String, Set<String>> used = new TreeMap<>();
        facts.cases().forEach(fact -> fact.references()
                .forEach((name, digest) -> used.computeIfAbsent("used." + name, key -> new LinkedHashSet<>())
                        .add(digest)));
        Map<String, List<String>> basis = new TreeMap<>();
        used.forEach((name, digests) -> basis.put(name, List.copyOf(digests)));
        issuer.versions().get().forEach((name, version) -> basis.put("now." + name, List.of(version)));
        basis.put("now.registry", List.of(registryDigest));
        return basis;
    }

    private static List<String> toCheck(Facts facts) {
        Set<String> rows = new TreeSet<>();
        facts.cases().forEach(fact -> {
            fact.grade()
                    .filter(grade -> !grade.verified())
                    .ifPresent(grade -> rows.add("级别 " + grade.scheme() + "：" + grade.basis()));
            if (!fact.category().verified()) {
                rows.add("类别 GB/T 20986-2023 附录B：" + fact.category().code() + " "
                        + fact.category().name());
            }
        });
        facts.deadlines().stream()
                .filter(deadline -> !deadline.verified())
                .forEach(deadline -> rows.add("时限 " + deadline.name() + "：" + deadline.clause()));
        return rows.stream().limit(MOST_TO_CHECK).toList();
    }

    /**
     * An id made from what the report says, without the moment it was made at: made again with nothing changed, it is the
     * same report. The ledger grows by making reports, so its figures do not count; that records were sealed meanwhile does.
     */
    private String id(List<Section> sections, Completeness completeness, String registryDigest) {
        List<String> parts = new ArrayList<>(List.of(
                ReportDocument.FORMAT,
                issuer.node(),
                issuer.signer().kid(),
                units.root().id(),
                Long.toString(range.from()),
                Long.toString(range.to()),
                Boolean.toString(range.to() <= range.now()),
                registryDigest,
                completeness.archived() + " " + completeness.intervals() + " " + completeness.gaps()));
        for (Section section : sections) {
            if (!section.id().equals("evidence")) {
                section.indicators()
                        .forEach(figure -> parts.add(figure.id() + " " + figure.value() + " "
                                + figure.numerator() + " " + figure.denominator() + " " + figure.applicability() + " "
                                + figure.records()));
            }
        }
        return "RPT-" + Sm3.id(parts.toArray(String[]::new));
    }
}
