package stream.weir.runtime.state.memory;

/** Counts captures that are being stored, so that a backend can wait for them. Safe for use by any number of threads. */
final class OpenCaptures {
    private int storing;

    synchronized void begin() {
        storing++;
    }

    synchronized void end() {
        storing--;
        notifyAll();
    }

    /** Waits until none is being stored; when interrupted it waits on and interrupts again afterwards. */
    synchronized void awaitStored() {
        boolean interrupted = false;
        while (storing > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
