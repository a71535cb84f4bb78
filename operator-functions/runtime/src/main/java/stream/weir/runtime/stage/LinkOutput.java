package stream.weir.runtime.stage;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import stream.weir.api.codec.Codec;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.record.BatchWriter;

/**
 * The sending end of a link: one open batch, and the numbering of frames. A frame that finds no credit makes the replica wait:
 * that is back-pressure.
 */
final class LinkOutput {
    private static final int MOST_START_BYTES = 64 * 1024;
    private static final int SLACK_BYTES = 256;

    private final String pipeline;
    private final long run;
    private final Link link;
    private final FrameSink sink;
    private final CreditWait creditWait;
    private final BatchWriter<Object> batch;
    private final int frameBytes;
    private final AtomicLong sent;
    private final LongConsumer sentBytes;
    private long sequence;

    private LinkOutput(Origin origin, Link link, Codec<Object> codec, FrameSink sink, AtomicLong sent) {
        this.pipeline = origin.pipeline;
        this.run = origin.run;
        this.link = link;
        this.sink = sink;
        this.creditWait = origin.creditWait;
        this.frameBytes = origin.frameBytes;
        this.sent = sent;
        this.sentBytes = origin.sentBytes;
        this.batch = new BatchWriter<>(codec, Math.min(origin.frameBytes, MOST_START_BYTES) + SLACK_BYTES);
    }

    /**
     * What all links of a replica share.
     *
     * @param wakeUp ends a wait for credit; any thread
     * @param frameBytes a batch of at least this many bytes is sent at once; 1 sends each record alone
     * @param sentBytes is told the bytes of each batch
     */
    record Origin(
            String pipeline,
            long run,
            CreditWait creditWait,
            Runnable wakeUp,
            int frameBytes,
            LongConsumer sentBytes) {}

    /** @param sent is increased by the records of each batch */
    @SuppressWarnings("unchecked") // the model's stages agree on the type of what they exchange
    static LinkOutput of(Origin origin, Link link, Codec<?> codec, FrameSink sink, AtomicLong sent) {
        sink.onWritable(origin.wakeUp);
        return new LinkOutput(origin, link, (Codec<Object>) codec, sink, sent);
    }

    void send(Object value, long timestamp) {
        batch.add(value, timestamp);
        sendWhenFull();
    }

    void send(byte[] key, int keyLength, Object value, long timestamp) {
        batch.add(key, 0, keyLength, value, timestamp);
        sendWhenFull();
    }

    private void sendWhenFull() {
        if (batch.bytes() >= frameBytes) {
            flush();
        }
    }

    /** Sends the open batch. */
    void flush() {
        if (!batch.isEmpty()) {
            Frame.Records records = batch.take();
            sent.lazySet(sent.get() + records.count());
            sentBytes.accept(records.length());
            offer(records);
        }
    }

    /** Sends a control element behind everything before it. */
    void control(Frame.Content content) {
        flush();
        offer(content);
    }

    boolean hasPending() {
        return !batch.isEmpty();
    }

    Link link() {
        return link;
    }

    void close() {
        sink.close();
    }

    private void offer(Frame.Content content) {
        Frame frame = new Frame(pipeline, run, link, sequence++, content);
        while (!sink.offer(frame)) {
            creditWait.await(sink);
        }
    }
}
