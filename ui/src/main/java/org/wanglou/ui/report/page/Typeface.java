package org.wanglou.ui.report.page;

import java.io.InputStream;

/** Noto Sans SC on the class path, put there by the build (SIL Open Font License 1.1, text beside it). */
final class Typeface {
    static final String FAMILY = "Noto Sans SC";
    static final String RESOURCE = "/fonts/NotoSansSC-Regular.ttf";

    private Typeface() {}

    /** @throws NoTypeface when this build has none */
    static InputStream open(String resource) {
        InputStream font = Typeface.class.getResourceAsStream(resource);
        if (font == null) {
            throw new NoTypeface(
                    "no PDF: this build has no typeface (" + resource
                            + "); build without -DskipUi and with npm at hand. The signed JSON document is complete without it");
        }
        return font;
    }

    /** @throws NoTypeface when this build has none */
    static void require(String resource) {
        if (Typeface.class.getResource(resource) == null) {
            open(resource);
        }
    }
}
