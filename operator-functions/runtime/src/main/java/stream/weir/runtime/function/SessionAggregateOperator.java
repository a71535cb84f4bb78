package stream.weir.runtime.function;

import java.util.List;
import java.util.function.BinaryOperator;
import stream.weir.api.function.Aggregator;
import stream.weir.api.pipeline.Step;
import stream.weir.api.pipeline.WindowSpec;
import stream.weir.runtime.function.Sessions.Session;
import stream.weir.runtime.state.Timers;

/**
 * Session windows. A record that is less than the gap away from a session joins it; one between two sessions makes them one.
 *
 * <p>A key with sessions has a timer at or before the next moment that something is to be done for one of
 * them: its end minus 1 ms, when it is emitted, or that plus the lateness, when it is dropped. A timer that comes too early,
 * as the session has grown meanwhile, is set anew, so growing costs no write among the timers.
 *
 * <p>A record is late when it joins no session that is kept and the one that it would begin is gone already.
 */
final class SessionAggregateOperator<K, I, A, R, O> implements ChainLink {
    private final long gap;
    private final long lateness;
    private final Aggregator<I, A, R> aggregator;
    private final Sessions<A> sessions;
    private final Timers due;
    private final WindowResults<K, A, R, O> results;
    private final LateRecords late;
    private final StepErrors errors;
    private final OperatorContext context;

    SessionAggregateOperator(
            Step.WindowAggregate<K, I, A, R, O> step,
            WindowSpec.Session window,
            Sessions<A> sessions,
            Timers due,
            OperatorContext context) {
        this.gap = EventTimes.span("session gap", window.gap(), 1);
        this.lateness = EventTimes.span("allowedLateness", step.allowedLateness(), 0);
        this.aggregator = step.aggregator();
        this.sessions = sessions;
        this.due = due;
        this.errors = new StepErrors(step.name(), step.onError(), context);
        this.results = new WindowResults<>(step, errors, context);
        this.late = LateRecords.to(step.lateOutput(), context);
        this.context = context;
    }

    static <K, I, A, R, O> SessionAggregateOperator<K, I, A, R, O> of(
            Step.WindowAggregate<K, I, A, R, O> step, WindowSpec.Session window, OperatorContext context) {
        SessionsCodec<A> codec = new SessionsCodec<>(step.accumulatorCodec());
        var table = StepTables.values(step.name(), "sessions", "sessions", codec, context);
        return new SessionAggregateOperator<>(
                step,
                window,
                new Sessions<>(table, context.key(), codec),
                StepTables.timers(step.name(), "due", context),
                context);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) {
        if (!EventTimes.inRange(timestamp)) {
            errors.failed(EventTimes.problem(timestamp), value, timestamp);
            return;
        }
        List<Session> kept = sessions.load();
        int first = firstWithin(kept, timestamp);
        int end = first;
        while (end < kept.size() && kept.get(end).start() < timestamp + gap) {
            end++;
        }
        if (first == end && timestamp + gap - 1 + lateness <= context.watermark()) {
            late.add(value, timestamp);
            return;
        }
        List<Session> joined = kept.subList(first, end);
        boolean timerSet = joined.stream().anyMatch(session -> session.end() - 1 > context.watermark());
        A accumulator;
        Session session;
        try {
            accumulator = aggregator.add(merged(joined), (I) value);
            session = around(joined, timestamp, sessions.encode(accumulator));
        } catch (StepFailedException e) {
            throw e;
        } catch (Exception | StackOverflowError e) {
            errors.failed(e, value, timestamp);
            return;
        }
        joined.clear();
        kept.add(first, session);
        sessions.save(kept);
        if (session.end() - 1 <= context.watermark()) {
            due.set(session.end() - 1 + lateness);
            results.emit(accumulator, session.start(), session.end());
        } else if (!timerSet) {
            due.set(session.end() - 1);
        }
    }

    @Override
    public void advanceWatermark(long watermark) throws Exception {
        due.fire(watermark, this::look);
    }

    /** Does what is due at {@code time} for the present key. */
    private void look(long time) {
        List<Session> kept = sessions.load();
        List<Session> over =
                kept.stream().filter(session -> session.end() - 1 == time).toList();
        boolean changed = kept.removeIf(session -> session.end() - 1 + lateness <= time);
        if (changed) {
            sessions.save(kept);
        }
        kept.stream()
                .mapToLong(session -> session.end() - 1 > time ? session.end() - 1 : session.end() - 1 + lateness)
                .min()
                .ifPresent(due::set);
        for (Session session : over) {
            results.emit(sessions.accumulator(session), session.start(), session.end());
        }
    }

    /** The index of the first session that ends after {@code timestamp}. */
    private static int firstWithin(List<Session> kept, long timestamp) {
        int index = 0;
        while (index < kept.size() && kept.get(index).end() <= timestamp) {
            index++;
        }
        return index;
    }

    /** The accumulators of sessions that become one. An error in it has no record to be put down to. */
    private A merged(List<Session> joined) {
        BinaryOperator<A> merge = (left, right) -> {
            try {
                return aggregator.merge(left, right);
            } catch (Exception | StackOverflowError e) {
                throw errors.failure(e, "merge the accumulators " + left + " and " + right);
            }
        };
        return joined.stream().map(sessions::accumulator).reduce(merge).orElseGet(aggregator::create);
    }

    private Session around(List<Session> joined, long timestamp, byte[] accumulator) {
        long start = timestamp;
        long end = timestamp + gap;
        for (Session session : joined) {
            start = Math.min(start, session.start());
            end = Math.max(end, session.end());
        }
        return new Session(start, end, accumulator);
    }
}
