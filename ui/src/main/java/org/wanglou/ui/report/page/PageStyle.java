package org.wanglou.ui.report.page;

/** How the page looks: A4, black on white, one typeface in one weight. */
final class PageStyle {
    static final String CSS = """
            @page { size: A4 portrait; margin: 11mm 13mm 10mm 13mm; }
            * { font-family: 'Noto Sans SC'; font-weight: normal; }
            body { font-size: 8pt; line-height: 1.28; color: #000; margin: 0; word-wrap: break-word; }
            h1 { font-size: 17pt; text-align: center; margin: 0 0 2.5mm 0; letter-spacing: 1pt; }
            h2 { font-size: 9pt; margin: 1.6mm 0 0.6mm 0; padding-left: 1.5mm; border-left: 1mm solid #000; }
            p { margin: 0.6mm 0; }
            table { border-collapse: collapse; width: 100%; }
            th { text-align: left; color: #333; }
            table.head { border-top: 0.4mm solid #000; border-bottom: 0.4mm solid #000; }
            table.head { table-layout: fixed; }
            table.head th { width: 19mm; padding: 0.5mm 1mm; vertical-align: top; }
            table.head td { padding: 0.5mm 1mm; vertical-align: top; }
            table.columns { table-layout: fixed; }
            td.left { width: 50%; padding: 0 2.5mm 0 0; vertical-align: top; }
            td.right { width: 50%; padding: 0 0 0 2.5mm; vertical-align: top; }
            table.figures { table-layout: fixed; }
            .name { width: 31%; }
            .value { width: 25%; }
            .parts { width: 21%; }
            .records { width: 23%; font-size: 6.5pt; }
            table.figures th { border-bottom: 0.3mm solid #000; font-size: 7.5pt; padding: 0.2mm 0.6mm; }
            table.figures td { border-bottom: 0.15mm solid #999; padding: 0.25mm 0.6mm; }
            .number { text-align: right; white-space: nowrap; }
            .shape { font-size: 9pt; }
            .rim { border: 0.5mm double #000; padding: 0 0.3mm; }
            .badge { border: 0.2mm solid #000; font-size: 6.5pt; padding: 0 0.6mm; margin-left: 0.8mm; }
            .small { font-size: 7pt; color: #222; }
            .foot { margin-top: 1.6mm; border-top: 0.4mm solid #000; font-size: 7.5pt; text-align: center; }
            """;

    private PageStyle() {}
}
