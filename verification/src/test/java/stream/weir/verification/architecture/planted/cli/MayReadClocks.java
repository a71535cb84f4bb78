package stream.weir.verification.architecture.planted.cli;

/** The command may. */
record MayReadClocks() {
    static long now() {
        return System.nanoTime();
    }
}
