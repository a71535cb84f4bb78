package stream.weir.stage.app;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.stage.app.MemoryUse.Part;

/**
 * What the memory of the process is for, and how much the container may take. Files that are mapped do not count: the system takes
 * that memory back when it is short. Any thread.
 */
@ApplicationScoped
class ProcessMemory {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessMemory.class);
    private static final int LOOK_SECONDS = 30;
    private static final Pattern RESIDENT = Pattern.compile("RssAnon:\\s+(\\d+) kB");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path LIMIT = Path.of("/sys/fs/cgroup/memory.max");

    private final StageService service;
    private boolean warned;

    @Inject
    ProcessMemory(StageService service) {
        this.service = service;
    }

    void watch(@Observes StartupEvent event) {
        if (limitBytes().isPresent()) {
            ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("memory").factory());
            clock.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** What the container may take; empty without a limit. */
    Optional<Long> limitBytes() {
        return read(LIMIT)
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,15}"))
                .map(Long::valueOf);
    }

    long bytes(Part part) {
        return switch (part) {
            case HEAP ->
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
            case ROCKSDB ->
                service.observation()
                        .map(seen -> seen.metrics().state())
                        .map(state -> state.blockCacheBytes() + state.memtableBytes())
                        .orElse(0L);
            case NETWORK ->
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
            case REST -> Math.max(0, residentBytes() - bytes(Part.HEAP) - bytes(Part.ROCKSDB) - bytes(Part.NETWORK));
        };
    }

    private static long residentBytes() {
        return read(STATUS)
                .map(RESIDENT::matcher)
                .filter(Matcher::find)
                .map(found -> Long.parseLong(found.group(1)) * 1024)
                .orElse(0L);
    }

    private void look() {
        long limit = limitBytes().orElse(Long.MAX_VALUE);
        Map<Part, Long> parts = new EnumMap<>(Part.class);
        Stream.of(Part.values()).forEach(part -> parts.put(part, bytes(part)));
        MemoryUse use = new MemoryUse(residentBytes(), limit, parts);
        if (use.isShort() && !warned) {
            LOG.warn("{}", use.explained());
        }
        warned = use.isShort();
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            // Not this kind of system.
            return Optional.empty();
        }
    }
}
