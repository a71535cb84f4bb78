package stream.weir.cli;

/** What the process tells whoever started it; listed in {@code weir --help}. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int PROBLEMS = 3;
    static final int REFUSED = 4;
    static final int STOPPED_WITHOUT_CHECKPOINT = 5;

    private ExitCode() {}
}
