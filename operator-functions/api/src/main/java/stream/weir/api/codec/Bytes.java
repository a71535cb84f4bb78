package stream.weir.api.codec;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable sequence of bytes with value equality. */
public final class Bytes {
    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** Copies {@code content}. */
    public static Bytes of(byte... content) {
        return new Bytes(content.clone());
    }

    /** Takes the array itself: the caller must not touch it afterwards. */
    static Bytes owning(byte[] content) {
        return new Bytes(content);
    }

    /** The array itself, not to be changed. */
    byte[] content() {
        return content;
    }

    public static Bytes fromHex(String hex) {
        return new Bytes(HexFormat.of().parseHex(hex));
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return content.clone();
    }

    public int length() {
        return content.length;
    }

    public String toHex() {
        return HexFormat.of().formatHex(content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** Hexadecimal. */
    @Override
    public String toString() {
        return toHex();
    }
}
