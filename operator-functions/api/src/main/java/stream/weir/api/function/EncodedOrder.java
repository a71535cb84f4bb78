package stream.weir.api.function;

import java.util.Arrays;
import java.util.Comparator;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;

/** An order made total: values that are equal in it are told apart by their bytes. */
record EncodedOrder<T>(Comparator<? super T> order, Codec<T> codec) implements Comparator<T> {
    @Override
    public int compare(T left, T right) {
        int first = order.compare(left, right);
        return first != 0 ? first : Arrays.compareUnsigned(bytes(left), bytes(right));
    }

    private byte[] bytes(T value) {
        ByteWriter out = new ByteWriter();
        codec.encode(value, out);
        return out.toByteArray();
    }
}
