package stream.weir.benchmarks.processes;

import stream.weir.benchmarks.WorkloadOptions;

/** Says on the output, about every 20 ms, how many records a replica has processed: {@code PROGRESS millis count}. */
final class Progress implements Runnable {
    static final String WORD = "PROGRESS";
    private static final long EVERY_MILLIS = 20;
    private static final int LOOK_EVERY = 64;

    private long count;
    private long next;

    private Progress() {}

    /** Nothing, unless {@code --progress} asks for it. */
    static Runnable of(WorkloadOptions options) {
        return options.all().containsKey("--progress") ? new Progress() : () -> {};
    }

    @Override
    public void run() {
        count++;
        if (count % LOOK_EVERY != 0) {
            return;
        }
        long now = System.currentTimeMillis();
        if (now >= next) {
            next = now + EVERY_MILLIS;
            System.out.println(WORD + " " + now + " " + count);
        }
    }
}
