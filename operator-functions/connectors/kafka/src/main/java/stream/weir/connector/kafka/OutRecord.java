package stream.weir.connector.kafka;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteWriter;

/**
 * A record on its way to Kafka.
 *
 * @param key null where the sink has no key
 * @param timestamp milliseconds; {@link Long#MIN_VALUE} for the time of sending
 */
record OutRecord(String topic, byte @Nullable [] key, byte[] value, Map<String, byte[]> headers, long timestamp) {
    /** A header that is not sent: the partition to send to, as text. */
    static final String PARTITION = "weir-partition";

    private static final int RECORD = 1;
    /** What Kafka adds to a record and its batch, at most; generous. */
    private static final int OVERHEAD = 128;

    /** About the bytes that it takes in a batch of its own. */
    long size() {
        long size = OVERHEAD + value.length + (key == null ? 0 : key.length);
        for (Map.Entry<String, byte[]> header : headers.entrySet()) {
            size += header.getKey().length() * 3L + header.getValue().length + 10;
        }
        return size;
    }

    ProducerRecord<byte[], byte[]> toKafka() {
        List<Header> all = new ArrayList<>(headers.size());
        headers.forEach((name, content) -> {
            if (!name.equals(PARTITION)) {
                all.add(new RecordHeader(name, content));
            }
        });
        byte[] told = headers.get(PARTITION);
        Integer partition = told == null ? null : Integer.valueOf(new String(told, StandardCharsets.UTF_8));
        Long time = timestamp < 0 ? null : Long.valueOf(timestamp);
        return new ProducerRecord<>(topic, partition, time, key, value, all);
    }

    void encode(ByteWriter out) {
        out.writeByte(RECORD);
        out.writeString(topic);
        out.writeLong(timestamp);
        out.writeInt(key == null ? -1 : key.length);
        if (key != null) {
            out.writeBytes(key, 0, key.length);
        }
        bytes(value, out);
        out.writeInt(headers.size());
        headers.forEach((name, content) -> {
            out.writeString(name);
            bytes(content, out);
        });
    }

    private static void bytes(byte[] content, ByteWriter out) {
        out.writeInt(content.length);
        out.writeBytes(content, 0, content.length);
    }

    /** The next record; empty at the end. The content was checked before. */
    static Optional<OutRecord> decode(DataInputStream in) throws IOException {
        if (in.read() != RECORD) {
            return Optional.empty();
        }
        String topic = text(in);
        long timestamp = in.readLong();
        int keyLength = in.readInt();
        byte[] key = keyLength < 0 ? null : exactly(in, keyLength);
        byte[] value = exactly(in, in.readInt());
        int count = in.readInt();
        Map<String, byte[]> headers = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            headers.put(text(in), exactly(in, in.readInt()));
        }
        return Optional.of(new OutRecord(topic, key, value, headers, timestamp));
    }

    private static String text(DataInputStream in) throws IOException {
        int length = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = in.readUnsignedByte();
            length |= (next & 0x7F) << shift;
            if (next < 0x80) {
                break;
            }
        }
        return new String(exactly(in, length), StandardCharsets.UTF_8);
    }

    private static byte[] exactly(DataInputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("rows for Kafka end within a record");
        }
        return bytes;
    }
}
