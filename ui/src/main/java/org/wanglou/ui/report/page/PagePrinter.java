package org.wanglou.ui.report.page;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.wanglou.ui.report.document.ReportDocument;
import org.wanglou.ui.report.document.ReportSignature;
import org.wanglou.ui.report.page.ReportPage.Room;

/**
 * Prints a report as PDF with its typeface embedded, always one page: what takes too much room is shown in fewer rows.
 * Thread-safe; a page takes about a second and some 40 MB while it is made.
 */
public final class PagePrinter {
    private static final List<Room> ROOMS =
            List.of(new Room(5, 24), new Room(5, 8), new Room(3, 8), new Room(1, 8), new Room(0, 8));

    private final String typeface;

    public PagePrinter() {
        this(Typeface.RESOURCE);
    }

    /** @param typeface resource name of a TrueType font with Chinese */
    public PagePrinter(String typeface) {
        this.typeface = typeface;
    }

    /** @throws NoTypeface when this build has no typeface */
    public byte[] print(ReportDocument report, ReportSignature signature) {
        XRLog.setLoggingEnabled(false);
        Typeface.require(typeface);
        for (Room room : ROOMS) {
            byte[] pdf = print(new ReportPage(report, signature, room));
            if (pdf.length > 0) {
                return pdf;
            }
        }
        throw new IllegalStateException("report " + report.id() + " does not fit on a page");
    }

    /** Nothing when it takes more than a page. */
    private byte[] print(ReportPage page) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PdfRendererBuilder builder = new PdfRendererBuilder()
                .useFastMode()
                .useUriResolver((base, uri) -> null)
                .useFont(() -> Typeface.open(typeface), Typeface.FAMILY, 400, FontStyle.NORMAL, true)
                .withProducer("wanglou")
                .withW3cDocument(page.build(), null)
                .toStream(out);
        try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
            renderer.layout();
            if (renderer.getRootBox().getLayer().getPages().size() > 1) {
                return new byte[0];
            }
            renderer.createPDF();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
