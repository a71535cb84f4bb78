package stream.weir.local;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the process alive, with names for people. */
final class DaemonThreads {
    private DaemonThreads() {}

    static ThreadFactory named(String name) {
        return task -> of(name, task);
    }

    /** Makes a thread; the caller starts it. */
    static Thread of(String name, Runnable task) {
        return Thread.ofPlatform().daemon().name(name).unstarted(task);
    }
}
