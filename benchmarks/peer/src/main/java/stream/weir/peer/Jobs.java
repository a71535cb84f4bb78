package stream.weir.peer;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import stream.weir.peer.Makers.*;
import stream.weir.peer.Stateless.*;
import stream.weir.peer.Types.*;
import stream.weir.peer.Windows.*;

/** The workloads of WORKLOADS.md as DataStream jobs. */
public final class Jobs {
    private Jobs() {}

    static final org.apache.flink.api.common.typeinfo.TypeInformation<Long> LONG =
            org.apache.flink.api.common.typeinfo.Types.LONG;

    static <T> void end(DataStream<T> s, OneInputStreamOperator<T, Long> op) {
        s.transform("checksum", LONG, op).name("checksum").uid("checksum").sinkTo(new DiscardingSink<>());
    }

    static void build(StreamExecutionEnvironment env, Bench.Args a) {
        WatermarkStrategy none = WatermarkStrategy.noWatermarks();
        int p = a.parallelism;
        switch (a.workload) {
            case "w1":
            case "w2":
            case "w2r": {
                boolean w1 = a.workload.equals("w1"), far = a.workload.equals("w2r");
                if (a.types.equals("pojo")) {
                    SingleOutputStreamOperator<Bid> s = env.fromSource(
                            new GenSource<>(new BidMaker(), a.records, 0, a.splits, a.batch, false, a.rate),
                            none,
                            "source",
                            org.apache.flink.api.common.typeinfo.Types.POJO(Bid.class));
                    if (far) s.setParallelism(1).slotSharingGroup("src");
                    if (w1) end(s.filter(new F1()).map(new M1()).returns(Types.ROW5), new Ops.SumRow5());
                    else {
                        SingleOutputStreamOperator<Row5> m =
                                s.keyBy(b -> b.auction).map(new M2()).returns(Types.ROW5);
                        if (far) farEnd(m);
                        else end(m, new Ops.SumRow5());
                    }
                } else {
                    SingleOutputStreamOperator<BidB> s = env.fromSource(
                            new GenSource<>(new BidBMaker(), a.records, 0, a.splits, a.batch, false, a.rate),
                            none,
                            "source",
                            Types.BIDB);
                    if (far) s.setParallelism(1).slotSharingGroup("src");
                    if (w1) end(s.filter(new F1B()).map(new M1B()).returns(Types.ROW5), new Ops.SumRow5());
                    else {
                        SingleOutputStreamOperator<Row5> m =
                                s.keyBy(b -> b.auction).map(new M2B()).returns(Types.ROW5);
                        if (far) farEnd(m);
                        else end(m, new Ops.SumRow5());
                    }
                }
                break;
            }
            case "w3":
            case "w4": {
                boolean w4 = a.workload.equals("w4");
                long load = a.load < 0 ? (w4 ? a.keys : 0) : a.load;
                KeyedStream<Kv, Long> k = env.fromSource(
                                new GenSource<>(
                                        new KvMaker(a.keys, load, a.dist.equals("zipf")),
                                        load + a.records,
                                        load,
                                        a.splits,
                                        a.batch,
                                        false,
                                        a.rate),
                                none,
                                "source",
                                Types.KV)
                        .uid("source")
                        .keyBy(new KvKey());
                end(k, w4 ? new Ops.KeyedV64() : new Ops.KeyedSum());
                break;
            }
            case "q5l": {
                DataStream<Row3> panes = events(env, a)
                        .flatMap(new Auctions())
                        .returns(LONG)
                        .transform("localCount", Types.ROW3, new LocalCount());
                DataStream<Row3> counts = panes.keyBy(new Auction3())
                        .window(SlidingEventTimeWindows.of(Duration.ofSeconds(10), Duration.ofSeconds(2)))
                        .aggregate(new SumPanes(), new CountRow(), LONG, LONG, Types.ROW3);
                end(
                        counts.keyBy(new WinKey3())
                                .window(TumblingEventTimeWindows.of(Duration.ofSeconds(2)))
                                .reduce(new Top()),
                        new Ops.SumRow3());
                break;
            }
            case "q5":
            case "q5p": {
                KeyedStream<Long, Long> bids =
                        events(env, a).flatMap(new Auctions()).returns(LONG).keyBy(new Id());
                SingleOutputStreamOperator<Row3> counts;
                if (a.workload.equals("q5")) {
                    counts = bids.window(SlidingEventTimeWindows.of(Duration.ofSeconds(10), Duration.ofSeconds(2)))
                            .aggregate(new Count(), new CountRow(), LONG, LONG, Types.ROW3);
                } else {
                    DataStream<Row3> panes = bids.window(TumblingEventTimeWindows.of(Duration.ofSeconds(2)))
                            .aggregate(new Count(), new CountRow(), LONG, LONG, Types.ROW3);
                    counts = DataStreamUtils.reinterpretAsKeyedStream(panes, (KeySelector<Row3, Long>) r -> r.b, LONG)
                            .window(SlidingEventTimeWindows.of(Duration.ofSeconds(10), Duration.ofSeconds(2)))
                            .aggregate(new SumPanes(), new CountRow(), LONG, LONG, Types.ROW3);
                }
                end(
                        counts.keyBy(new WinKey3())
                                .window(TumblingEventTimeWindows.of(Duration.ofSeconds(2)))
                                .reduce(new Top()),
                        new Ops.SumRow3());
                break;
            }
            case "q7":
            case "q7l": {
                DataStream<Row4> bids = events(env, a).flatMap(new Bids7()).returns(Types.ROW4);
                DataStream<Row4> part = a.workload.equals("q7")
                        ? bids.keyBy(new Bucket())
                                .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
                                .reduce(new Max7(), new Stamp<Long>(), Types.ROW4)
                        : bids.transform("localMax", Types.ROW4, new LocalMax());
                end(
                        part.windowAll(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
                                .reduce(new Max7(), new StampAll(), Types.ROW4),
                        new Ops.SumRow4());
                break;
            }
            case "q8": {
                end(
                        events(env, a)
                                .flatMap(new Slim8())
                                .returns(Types.P8T)
                                .keyBy(new P8Key())
                                .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
                                .aggregate(new Join8(), new Row8(), Types.P8T, Types.P8T, Types.ROW3)
                                .filter(r -> r.a >= 0)
                                .returns(Types.ROW3),
                        new Ops.SumRow3());
                break;
            }
            default:
                throw new IllegalArgumentException("unknown workload " + a.workload);
        }
    }

    static void farEnd(SingleOutputStreamOperator<Row5> m) {
        m.setParallelism(1)
                .slotSharingGroup("dst")
                .transform("checksum", LONG, new Ops.SumRow5())
                .setParallelism(1)
                .slotSharingGroup("dst")
                .sinkTo(new DiscardingSink<>())
                .setParallelism(1);
    }

    static SingleOutputStreamOperator<Ev> events(StreamExecutionEnvironment env, Bench.Args a) {
        return env.fromSource(
                new GenSource<>(new EvMaker(), a.records, 0, a.splits, a.batch, true, a.rate),
                WatermarkStrategy.forMonotonousTimestamps(),
                "source",
                Types.EV);
    }

    public static final class KvKey implements KeySelector<Kv, Long> {
        @Override
        public Long getKey(Kv r) {
            return r.key;
        }
    }

    public static final class Id implements KeySelector<Long, Long> {
        @Override
        public Long getKey(Long r) {
            return r;
        }
    }

    public static final class WinKey3 implements KeySelector<Row3, Long> {
        @Override
        public Long getKey(Row3 r) {
            return r.a;
        }
    }

    public static final class Bucket implements KeySelector<Row4, Long> {
        @Override
        public Long getKey(Row4 r) {
            return r.c & 63;
        }
    }

    public static final class P8Key implements KeySelector<P8, Long> {
        @Override
        public Long getKey(P8 r) {
            return r.id;
        }
    }
}
