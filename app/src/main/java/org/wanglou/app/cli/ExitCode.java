package org.wanglou.app.cli;

/** Exit codes of every command. */
public final class ExitCode {
    public static final int OK = 0;

    /** The check that was asked for failed. */
    public static final int FAILED = 1;

    /** What the arguments ask for is wrong, or the input cannot be used at all. */
    public static final int USAGE = 2;

    /** The machine or the files do not allow it. */
    public static final int ENVIRONMENT = 3;

    private ExitCode() {}
}
