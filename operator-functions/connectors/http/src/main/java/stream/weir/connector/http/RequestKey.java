package stream.weir.connector.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;

/** What a client calls a request, so that a repetition is known for one: the first 16 bytes of the SHA-256 of its words. */
record RequestKey(long first, long second) {
    static final String HEADER = "Idempotency-Key";

    private static final int LONGEST = 255;

    /** Whether a key may look like that. */
    static boolean isAllowed(String words) {
        return !words.isBlank() && words.length() <= LONGEST;
    }

    static RequestKey of(String words) {
        try {
            ByteBuffer hash = ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8)));
            return new RequestKey(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }

    void encode(ByteWriter out) {
        out.writeLong(first);
        out.writeLong(second);
    }

    static RequestKey decode(ByteReader in) {
        return new RequestKey(in.readLong(), in.readLong());
    }
}
