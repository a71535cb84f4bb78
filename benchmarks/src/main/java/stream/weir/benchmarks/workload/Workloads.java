package stream.weir.benchmarks.workload;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Codecs;
import stream.weir.api.function.KeyedProcessFunction;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.api.pipeline.EventTime;
import stream.weir.api.pipeline.Input;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Partitioning;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.SourceStep;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.api.pipeline.Step;
import stream.weir.api.pipeline.WindowSpec;
import stream.weir.api.sink.Sink;

/** The workloads as pipelines; parallelism 2 throughout, as on the peers they are run against. */
public final class Workloads {
    private static final int PARALLELISM = 2;
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration SLIDE = Duration.ofSeconds(2);
    private static final int BUCKETS = 64;

    private final Size size;
    private final Checksum checksum;
    private final StateConfig state;
    private final CheckpointConfig checkpoints;
    private final Runnable measured;
    private final Supplier<Runnable> processed;

    /**
     * How large a run is.
     *
     * @param records generated after the load
     * @param keys number of keys of the keyed workloads
     * @param zipf whether keys are skewed
     * @param rate most records per second of all sources together; empty for as many as there can be
     */
    public record Size(long records, long keys, boolean zipf, OptionalLong rate) {}

    /**
     * Where a run leaves what it found.
     *
     * @param measured runs before the first measured record of each source
     * @param processed makes what runs after each record that a replica of w4 has processed
     */
    public record Results(Checksum checksum, Runnable measured, Supplier<Runnable> processed) {
        public Results(Checksum checksum, Runnable measured) {
            this(checksum, measured, () -> () -> {});
        }
    }

    public Workloads(Size size, Results results, StateConfig state, CheckpointConfig checkpoints) {
        this.size = size;
        this.checksum = results.checksum;
        this.measured = results.measured;
        this.processed = results.processed;
        this.state = state;
        this.checkpoints = checkpoints;
    }

    /**
     * The workload of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Pipeline named(String name) {
        return switch (name) {
            case "w1" -> stateless();
            case "w2" -> shuffle();
            case "w2r" -> shuffle().withReplicas(Map.of("bids", 1, "results", 1));
            case "w3" -> keyed(0, keyedStage(KeyedSum::new));
            case "w4" -> keyed(size.keys, keyedStage(() -> new KeyedDigest(processed.get())));
            case "q5", "q5p" -> hotItems();
            case "q7" -> highestBid();
            case "q8" -> newSellers();
            default ->
                throw new IllegalArgumentException(
                        "no workload " + name + "; there are w1, w2, w2r, w3, w4, q5 (the same as q5p), q7, q8");
        };
    }

    private record Result(long auction, long bidder, long price, long dateTime, long last) {
        long hash() {
            return Checksum.row(auction, bidder, price, dateTime, last);
        }
    }

    private Pipeline stateless() {
        List<Step> steps = List.of(
                new Step.Filter<Bid>("filter", bid -> (bid.price & 3) != 0, OnError.FAIL),
                new Step.Map<Bid, Result>(
                        "map",
                        bid -> new Result(bid.auction, bid.bidder, bid.price * 908 / 1000, bid.dateTime, bid.channel()),
                        OnError.FAIL));
        return pipeline(
                "w1",
                new Stage(
                        "bids",
                        PARALLELISM,
                        Optional.of(bids()),
                        List.of(),
                        steps,
                        Optional.of(new ChecksumSink<>(checksum, Result::hash)),
                        Map.of()));
    }

    private Pipeline shuffle() {
        Step map = new Step.Map<Bid, Result>(
                "map",
                bid -> new Result(
                        bid.auction,
                        bid.bidder,
                        bid.price * 908 / 1000,
                        bid.dateTime,
                        bid.url[(int) (bid.bidder % Bid.URL_BYTES)]),
                OnError.FAIL);
        return pipeline(
                "w2",
                source("bids", bids(), List.of(), Bid.CODEC),
                sink(
                        "results",
                        byKey("bids", (Bid bid) -> bid.auction),
                        List.of(map),
                        new ChecksumSink<>(checksum, Result::hash)));
    }

    private SourceStep<Bid> bids() {
        return new SourceStep<>(
                new GeneratedSource<>(Bid.CODEC, records(0), Bid::new, Bid::fill),
                Optional.empty(),
                OptionalLong.empty(),
                OnError.FAIL);
    }

    private GeneratedSource.Extent records(long load) {
        return new GeneratedSource.Extent(load, load + size.records, measured);
    }

    private static Step keyedStage(Supplier<KeyedProcessFunction<Long, KeyValue, Totals>> function) {
        return new Step.KeyedProcess<>("aggregate", function, OnError.FAIL);
    }

    private Pipeline keyed(long load, Step step) {
        KeyValue.Maker maker =
                new KeyValue.Maker(size.keys, load, size.zipf ? Optional.of(new Zipf(size.keys)) : Optional.empty());
        SourceStep<KeyValue> source = new SourceStep<>(
                new GeneratedSource<>(KeyValue.CODEC, records(load), KeyValue::new, maker::fill),
                Optional.empty(),
                size.rate,
                OnError.FAIL);
        return pipeline(
                load == 0 ? "w3" : "w4",
                source("records", source, List.of(), KeyValue.CODEC),
                sink("totals", byKey("records", KeyValue::key), List.of(step), new TotalsSink(checksum)));
    }

    private SourceStep<Event> events() {
        return new SourceStep<>(
                new GeneratedSource<>(Event.CODEC, records(0), Event::new, Event::fill),
                Optional.of(new EventTime<>(Event::timestamp, Duration.ZERO, Optional.empty())),
                OptionalLong.empty(),
                OnError.FAIL);
    }

    private static final Step ONLY_BIDS =
            new Step.Filter<Event>("filter", event -> event.kind == Event.Kind.BID, OnError.FAIL);

    private Pipeline hotItems() {
        Step auctions = new Step.Map<Event, Long>("map", event -> event.id, OnError.FAIL);
        Step counts = new Step.WindowAggregate<Long, Long, Long, Long, HotItem>(
                "aggregate",
                new WindowSpec.Sliding(WINDOW, SLIDE),
                Duration.ZERO,
                new HotItem.Count(),
                Codecs.LONG,
                (auction, start, end, count) -> new HotItem(end, auction, count),
                Optional.empty(),
                OnError.FAIL);
        Step hottest = new Step.WindowAggregate<Long, HotItem, HotItem, HotItem, HotItem>(
                "aggregate",
                new WindowSpec.Tumbling(SLIDE),
                Duration.ZERO,
                new HotItem.Hottest(),
                HotItem.CODEC,
                (window, start, end, item) -> item,
                Optional.empty(),
                OnError.FAIL);
        return pipeline(
                "q5p",
                source("events", events(), List.of(ONLY_BIDS, auctions), Codecs.LONG),
                new Stage(
                        "counts",
                        PARALLELISM,
                        Optional.empty(),
                        List.of(byKey("events", (Long auction) -> auction)),
                        List.of(counts),
                        Optional.empty(),
                        Map.of(Stage.MAIN, HotItem.CODEC)),
                sink(
                        "hottest",
                        byKey("counts", HotItem::end),
                        List.of(hottest),
                        new ChecksumSink<HotItem>(checksum, HotItem::hash)));
    }

    private Pipeline highestBid() {
        Step bids = new Step.Map<Event, HighBid>(
                "map", event -> new HighBid(event.timestamp, event.price, event.id, event.person), OnError.FAIL);
        Step highest = new Step.WindowAggregate<Long, HighBid, HighBid, HighBid, HighBid>(
                "aggregate",
                new WindowSpec.Tumbling(WINDOW),
                Duration.ZERO,
                new HighBid.Highest(),
                HighBid.CODEC,
                (bucket, start, end, bid) -> new HighBid(end, bid.price(), bid.auction(), bid.bidder()),
                Optional.empty(),
                OnError.FAIL);
        return pipeline(
                "q7",
                source("events", events(), List.of(ONLY_BIDS, bids), HighBid.CODEC),
                new Stage(
                        "buckets",
                        PARALLELISM,
                        Optional.empty(),
                        List.of(byKey("events", (HighBid bid) -> bid.auction() % BUCKETS)),
                        List.of(highest),
                        Optional.empty(),
                        Map.of(Stage.MAIN, HighBid.CODEC)),
                new Stage(
                        "highest",
                        1,
                        Optional.empty(),
                        List.of(new Input(
                                "buckets", Stage.MAIN, new Partitioning.ByKey<>((HighBid bid) -> 0L, Codecs.LONG))),
                        List.of(highest),
                        Optional.of(new ChecksumSink<HighBid>(checksum, HighBid::hash)),
                        Map.of()));
    }

    private Pipeline newSellers() {
        Step persons = new Step.Filter<Event>("filter", event -> event.kind != Event.Kind.BID, OnError.FAIL);
        Step known = new Step.Map<Event, Newcomer>("map", Newcomer::of, OnError.FAIL);
        Step windows = new Step.WindowAggregate<Long, Newcomer, Newcomer, Newcomer, Newcomer>(
                "aggregate",
                new WindowSpec.Tumbling(WINDOW),
                Duration.ZERO,
                new Newcomer.Known(),
                Newcomer.CODEC,
                (person, start, end, found) -> new Newcomer(end, person, found.name(), found.sells()),
                Optional.empty(),
                OnError.FAIL);
        Step sellers = new Step.Filter<Newcomer>("sellers", Newcomer::isSeller, OnError.FAIL);
        return pipeline(
                "q8",
                source("events", events(), List.of(persons, known), Newcomer.CODEC),
                sink(
                        "sellers",
                        byKey("events", Newcomer::person),
                        List.of(windows, sellers),
                        new ChecksumSink<>(checksum, Newcomer::hash)));
    }

    private Pipeline pipeline(String name, Stage... stages) {
        return new Pipeline(
                name, Pipeline.DEFAULT_MAX_PARALLELISM, checkpoints, state, Optional.empty(), List.of(stages));
    }

    private static Stage source(String name, SourceStep<?> source, List<Step> steps, Codec<?> codec) {
        return new Stage(
                name, PARALLELISM, Optional.of(source), List.of(), steps, Optional.empty(), Map.of(Stage.MAIN, codec));
    }

    private static Stage sink(String name, Input input, List<Step> steps, Sink<?> sink) {
        return new Stage(name, PARALLELISM, Optional.empty(), List.of(input), steps, Optional.of(sink), Map.of());
    }

    private static <T> Input byKey(String from, Function<T, Long> key) {
        return new Input(from, Stage.MAIN, new Partitioning.ByKey<>(key, Codecs.LONG));
    }
}
