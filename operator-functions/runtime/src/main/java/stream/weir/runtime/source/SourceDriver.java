package stream.weir.runtime.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import stream.weir.api.pipeline.EdgeSource;
import stream.weir.api.pipeline.EventTime;
import stream.weir.api.pipeline.SourceStep;
import stream.weir.api.source.SourceOutput;
import stream.weir.api.source.SourceReader;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.runtime.function.Output;

/**
 * Reads a source on the replica's thread: a bounded number of records at a time, at the rate that was asked for, with event time
 * from the record and a watermark over the splits.
 *
 * @param <T> the records
 */
public final class SourceDriver<T> implements SourceOutput<T>, AutoCloseable {
    /** Operator state: split to position. */
    public static final String POSITIONS = "source.positions";

    /** Operator state: split to its greatest timestamp, and under the empty name the watermark of the replica. */
    public static final String TIMESTAMPS = "source.timestamps";

    private static final int MOST_RECORDS = 512;
    private static final long IDLE_PAUSE_NANOS = Duration.ofMillis(5).toNanos();
    private static final long LONGEST_NORMAL_PAUSE_MILLIS = 100;
    private static final String WATERMARK = "";

    /** What {@link #poll} found. */
    public enum Poll {
        WORKED,
        WAITING,
        ENDED
    }

    private final SourceReader<T> reader;
    private final Optional<EventTime<T>> eventTime;
    private final Optional<String> above;
    private final @Nullable RateLimit rate;
    private final SplitWatermarks watermarks;
    private final SourceEvents events;
    private final Output output;
    private final LongSupplier millis;
    private final LongSupplier nanos;
    private List<OperatorState.Entry> restoredTimestamps = List.of();
    private long nowMillis;
    private long lastPollMillis;
    private int emitted;
    private long pauseNanos;

    private SourceDriver(
            SourceReader<T> reader,
            Settings<T> settings,
            Output output,
            SourceEvents events,
            @Nullable RateLimit rate) {
        this.reader = reader;
        this.eventTime = settings.step.eventTime();
        this.above = settings.step.source() instanceof EdgeSource<T>(String from, var _)
                ? Optional.of(from)
                : Optional.empty();
        this.rate = rate;
        this.watermarks = new SplitWatermarks(
                eventTime.map(time -> time.maxOutOfOrderness().toMillis()).orElse(0L),
                eventTime
                        .flatMap(EventTime::idleTimeout)
                        .map(Duration::toMillis)
                        .orElse(0L));
        this.events = events;
        this.output = output;
        this.millis = settings.millis;
        this.nanos = settings.nanos;
        this.nowMillis = settings.millis.getAsLong();
        this.lastPollMillis = nowMillis;
        this.watermarks.resumed(nowMillis);
    }

    /**
     * How a replica reads.
     *
     * @param replicas of the stage, which share the rate
     * @param millis wall clock
     * @param nanos monotonic clock
     */
    public record Settings<T>(SourceStep<T> step, int replicas, LongSupplier millis, LongSupplier nanos) {}

    /**
     * @param timestamps the entries of {@link #TIMESTAMPS} of all replicas in the restored checkpoint
     */
    public static <T> SourceDriver<T> over(
            SourceReader<T> reader,
            Settings<T> settings,
            List<OperatorState.Entry> timestamps,
            Output output,
            SourceEvents events) {
        RateLimit rate = settings.step.rate().isPresent()
                ? new RateLimit(
                        (double) settings.step.rate().getAsLong() / settings.replicas, settings.nanos.getAsLong())
                : null;
        SourceDriver<T> driver = new SourceDriver<>(reader, settings, output, events, rate);
        driver.restore(timestamps);
        return driver;
    }

    /** Reads and emits a batch, or says why there is none. */
    public Poll poll() throws Exception {
        int most = MOST_RECORDS;
        emitted = 0;
        noticePause();
        if (rate != null) {
            most = Math.min(most, rate.available(nanos.getAsLong()));
            if (most == 0) {
                pauseNanos = rate.nanosUntilNext();
                return Poll.WAITING;
            }
        }
        nowMillis = millis.getAsLong();
        SourceReader.Status status = reader.poll(most, this);
        noticePause();
        if (rate != null) {
            rate.take(emitted);
        }
        return switch (status) {
            case MORE -> Poll.WORKED;
            case IDLE -> {
                pauseNanos = IDLE_PAUSE_NANOS;
                yield emitted > 0 ? Poll.WORKED : Poll.WAITING;
            }
            case END -> Poll.ENDED;
        };
    }

    /** Records emitted by the last {@link #poll}, data that was no record included. */
    public int emitted() {
        return emitted;
    }

    /** Records that wait outside, as far as the reader knows. */
    public OptionalLong lag() {
        return reader.lag();
    }

    /** After {@link Poll#WAITING}: how long there is nothing to do. */
    public long pauseNanos() {
        return pauseNanos;
    }

    /** The stage that writes what is read, and says in it when it has ended; empty where that is nobody of this pipeline. */
    public Optional<String> above() {
        return above;
    }

    /** Whether records have event time at all. */
    public boolean hasEventTime() {
        return eventTime.isPresent();
    }

    /** The present watermark in milliseconds; {@link Long#MIN_VALUE} before the first record. */
    public long watermark() {
        return watermarks.current(millis.getAsLong());
    }

    /** Whether all splits are idle. */
    public boolean isIdle() {
        return watermarks.isIdle(millis.getAsLong());
    }

    /**
     * While the replica waited for those downstream, or did something else for long, it could not read: that silence does not
     * make a split idle.
     */
    private void noticePause() {
        long now = millis.getAsLong();
        if (now - lastPollMillis > LONGEST_NORMAL_PAUSE_MILLIS) {
            watermarks.resumed(now);
        }
        lastPollMillis = now;
    }

    /** Positions and timestamps for a checkpoint. */
    public List<OperatorState> snapshot(long checkpoint) {
        List<OperatorState.Entry> positions = new ArrayList<>();
        reader.positions(checkpoint)
                .forEach((split, at) -> positions.add(new OperatorState.Entry(split, at.toByteArray())));
        List<OperatorState.Entry> timestamps = new ArrayList<>();
        timestamps.add(entry(WATERMARK, watermarks.current(nowMillis)));
        for (SplitWatermarks.Split split : watermarks.all()) {
            timestamps.add(entry(split.name(), split.greatest()));
        }
        return List.of(new OperatorState(POSITIONS, positions), new OperatorState(TIMESTAMPS, timestamps));
    }

    public void completed(long checkpoint) throws Exception {
        reader.completed(checkpoint);
    }

    @Override
    public Split<T> split(String name) {
        SplitWatermarks.Split split = watermarks.split(name, nowMillis);
        for (OperatorState.Entry entry : restoredTimestamps) {
            if (entry.key().equals(name)) {
                split.restore(ByteBuffer.wrap(entry.value()).getLong());
            }
        }
        return new SplitOutput(split);
    }

    @Override
    public void close() throws Exception {
        reader.close();
    }

    /** The watermark goes on from the least of all replicas: splits may have moved between them. */
    private void restore(List<OperatorState.Entry> timestamps) {
        restoredTimestamps = timestamps;
        watermarks.restore(restoredWatermark(timestamps));
    }

    /**
     * The watermark at which a source goes on.
     *
     * @param timestamps the entries of {@link #TIMESTAMPS} of all replicas in the restored checkpoint
     * @return {@link Long#MIN_VALUE} where there are none
     */
    public static long restoredWatermark(List<OperatorState.Entry> timestamps) {
        return timestamps.stream()
                .filter(entry -> entry.key().equals(WATERMARK))
                .mapToLong(entry -> ByteBuffer.wrap(entry.value()).getLong())
                .min()
                .orElse(Long.MIN_VALUE);
    }

    private static OperatorState.Entry entry(String key, long value) {
        return new OperatorState.Entry(
                key, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /** One split's output. */
    private final class SplitOutput implements Split<T> {
        private final SplitWatermarks.Split split;
        private final @Nullable EventTime<T> time;
        private final long maxAheadMillis;

        private SplitOutput(SplitWatermarks.Split split) {
            this.split = split;
            this.time = eventTime.orElse(null);
            this.maxAheadMillis =
                    eventTime.map(each -> each.maxAhead().toMillis()).orElse(Long.MAX_VALUE);
        }

        @Override
        public void emit(T value) {
            if (time == null) {
                emit(value, SplitWatermarks.NONE);
                return;
            }
            long timestamp;
            try {
                timestamp = time.timestamp().applyAsLong(value);
            } catch (RuntimeException e) {
                withoutTime(value, e);
                return;
            }
            emit(value, timestamp);
        }

        /** A record without event time is as little use as one that cannot be read. */
        private void withoutTime(T value, RuntimeException error) {
            String text = String.valueOf(value);
            malformed(
                    "a record of " + split.name(),
                    text.getBytes(StandardCharsets.UTF_8),
                    "no event time: " + error.getMessage());
        }

        @Override
        public void emit(T value, long timestamp) {
            emitted++;
            if (timestamp > nowMillis && timestamp - nowMillis > maxAheadMillis) {
                events.count("futureTimestamps");
            } else {
                split.saw(timestamp, nowMillis);
            }
            output.emit(value, timestamp);
        }

        @Override
        public void malformed(String position, byte[] raw, String reason) {
            emitted++;
            events.malformed(position, raw, reason);
        }

        @Override
        public void watermark(long millis) {
            split.tell(millis, nowMillis);
        }

        @Override
        public void end() {
            split.end();
        }
    }
}
