package org.wanglou.ui.report.page;

/** This build cannot make PDFs; the message names the remedy. */
public final class NoTypeface extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public NoTypeface(String message) {
        super(message);
    }
}
