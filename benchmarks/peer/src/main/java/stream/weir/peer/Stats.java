package stream.weir.peer;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Times of the measured interval inside this process (wall clock and process CPU). */
public final class Stats {
    private Stats() {}

    static long firstNs, firstCpu, markNs, markCpu, lastNs, lastCpu;

    static long cpuNs() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    static synchronized void first() {
        if (firstNs == 0) {
            firstCpu = cpuNs();
            firstNs = System.nanoTime();
        }
    }

    static synchronized void mark() {
        markCpu = cpuNs();
        markNs = System.nanoTime();
    }

    static synchronized void last() {
        lastCpu = cpuNs();
        lastNs = System.nanoTime();
    }

    static long peakRssKb() {
        try {
            for (String l : Files.readAllLines(Path.of("/proc/self/status")))
                if (l.startsWith("VmHWM:")) return Long.parseLong(l.replaceAll("[^0-9]", ""));
        } catch (Exception e) {
            /* not Linux */
        }
        return -1;
    }
}
