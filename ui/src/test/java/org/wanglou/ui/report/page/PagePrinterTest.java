package org.wanglou.ui.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm2Signer;
import org.wanglou.model.Grade;
import org.wanglou.ui.report.document.Applicability;
import org.wanglou.ui.report.document.Indicator;
import org.wanglou.ui.report.document.ReportDocument;
import org.wanglou.ui.report.document.ReportDocument.Section;
import org.wanglou.ui.report.document.ReportSignature;
import org.wanglou.ui.report.document.Text;

class PagePrinterTest {
    private static final Sm2Signer SIGNER = Sm2Signer.of(Keys.generate().getPrivate());

    @BeforeAll
    static void typeface() {
        assumeTrue(
                PagePrinter.class.getResource("/fonts/NotoSansSC-Regular.ttf") != null,
                "built with -DskipUi: no typeface");
    }

    private static Indicator figure(String id, String name, Applicability applicability) {
        boolean known = applicability == Applicability.APPLICABLE || applicability == Applicability.TO_CHECK;
        return new Indicator(
                id,
                new Text(name, "name"),
                known ? 1234.0 : null,
                new Text("起", "incidents"),
                known ? 1234L : null,
                known ? 5678L : null,
                "",
                applicability,
                99_999,
                List.of(new Indicator.Ref("incident", "i", 1, 1_234_567, "ab")),
                new Indicator.Rest("", "", ""));
    }

    private static ReportDocument report(String text, int rows) {
        List<Indicator> incidents = new ArrayList<>();
        for (Grade.Value grade : Grade.Value.values()) {
            for (String state : List.of("proposed", "confirmed")) {
                incidents.add(figure(
                        "incidents.grade." + grade.name().toLowerCase(java.util.Locale.ROOT) + "." + state,
                        text,
                        Applicability.TO_CHECK));
            }
        }
        incidents.add(figure("incidents.grade.none", text, Applicability.NO_DATA));
        List<Indicator> subjects = new ArrayList<>();
        List<String> toCheck = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            incidents.add(figure("incidents.x" + (i % 10), text, Applicability.NOT_APPLICABLE));
            incidents.add(figure("incidents.category.c" + i, text, Applicability.TO_CHECK));
            subjects.add(figure("subjects.rule.r" + i, text, Applicability.APPLICABLE));
            subjects.add(figure("subjects.tactic.t" + i, text, Applicability.APPLICABLE));
            subjects.add(figure("subjects.assets.level-" + i, text, Applicability.APPLICABLE));
            toCheck.add(text + i);
        }
        return new ReportDocument(
                ReportDocument.FORMAT,
                "RPT-" + "0123456789abcdef".repeat(2),
                "period",
                new Text("网络安全运行情况报告", "title"),
                new ReportDocument.Unit("37", text, "province", 18_000),
                new ReportDocument.Period("", "", "Asia/Shanghai", "2026-11-01 00:00:00", "2026-12-01 00:00:00", false),
                new ReportDocument.Made("", "2026-12-02 00:00:00", text, text, text, "", "", "", SIGNER.kid(), ""),
                Map.of(),
                new ReportDocument.Completeness(
                        null, 0, Applicability.NO_DATA, 1, 1, 1, 0, List.of(), List.of(), new Text(text, "")),
                new ReportDocument.LedgerHead("wanglou/node/ledger/sm3", 123_456_789, "ab".repeat(32), ""),
                List.of(new Section("incidents", Text.NONE, incidents), new Section("subjects", Text.NONE, subjects)),
                toCheck,
                List.of("机器生成，须经人工核对。", text));
    }

    private static byte[] print(ReportDocument report) {
        return new PagePrinter().print(report, ReportSignature.sign(SIGNER, report.id(), report.bytes()));
    }

    private static String text(byte[] pdf) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(document.getPage(0).getMediaBox().getWidth()).isBetween(594f, 596f);
            for (var name : document.getPage(0).getResources().getFontNames()) {
                assertThat(document.getPage(0).getResources().getFont(name).isEmbedded())
                        .isTrue();
            }
            return new PDFTextStripper().getText(document);
        }
    }

    @Test
    void the_text_can_be_searched_in_ordinary_characters() throws Exception {
        ReportDocument report = report("示范省教育厅", 3);
        String text = text(print(report));
        assertThat(text)
                .contains("网络安全运行情况报告")
                .contains("网络")
                .contains("示范省教育厅")
                .contains("特别重大")
                .contains("■")
                .contains("待核")
                .contains("无数据")
                .contains("不适用")
                .contains("机器生成，须经人工核对")
                .contains(SIGNER.kid())
                .contains("ab".repeat(32));
        assertThat(text.codePoints().filter(c -> c >= 0x2E80 && c <= 0x2FDF))
                .as("radicals")
                .isEmpty();
    }

    @Test
    void hostile_text_stays_text_and_turns_nothing_round() throws Exception {
        String hostile =
                "<b>甲</b><img src='http://127.0.0.1:1/x'/>&amp;]]>\u202Egnp.exe\u2066\u200F\u0000\u0007\uD800\uFFFF\u05D0\u0627e\u0301\u0301";
        String text = text(print(report(hostile, 2)));
        assertThat(text).contains("<b>甲</b>").doesNotContain("\u202E").doesNotContain("\u200F");
        assertThat(SafeText.of(hostile, 200))
                .startsWith("<b>甲</b><img src='http://127.0.0.1:1/x'/>&amp;]]>□gnp.exe□□□□□□□□e□□");
        assertThat(SafeText.of("一二三四", 3)).isEqualTo("一二三…");
        assertThat(SafeText.of("一\n\u3000二\t", 9)).isEqualTo("一  二 ");
    }

    @Test
    void it_is_one_page_however_much_there_is() throws Exception {
        byte[] full = print(report("很长的名称".repeat(100), 40));
        Files.write(Path.of("target", "report-full.pdf"), full);
        assertThat(text(full)).contains("另有").contains("网络");
        assertThat(text(print(report("W".repeat(500), 40)))).contains("WWW…");
        assertThat(text(print(report("", 0)))).contains("网络");
    }

    @Test
    void without_its_typeface_it_names_the_remedy() {
        ReportDocument report = report("", 0);
        assertThatThrownBy(() -> new PagePrinter("/fonts/none.ttf")
                        .print(report, ReportSignature.sign(SIGNER, report.id(), report.bytes())))
                .isInstanceOf(NoTypeface.class)
                .hasMessageContaining("-DskipUi");
    }

    @Test
    void the_licence_of_the_typeface_lies_beside_it() throws Exception {
        Path licence = Path.of(
                PagePrinter.class.getResource("/fonts/NotoSansSC-OFL.txt").toURI());
        assertThat(Files.readString(licence)).contains("SIL OPEN FONT LICENSE Version 1.1");
    }
}
