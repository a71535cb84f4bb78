package stream.weir.coordinator.store;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;

/** Writes documents field by field; the same values give the same bytes. */
final class JsonOut {
    private final JsonGenerator out;

    JsonOut(JsonGenerator out) {
        this.out = out;
    }

    /** Writes what is inside an object. */
    interface Body {
        void write(JsonOut out) throws IOException;
    }

    /** Writes one element of a list. */
    interface Element<T> {
        void write(JsonOut out, T element) throws IOException;
    }

    void object(Body body) throws IOException {
        out.writeStartObject();
        body.write(this);
        out.writeEndObject();
    }

    void object(String name, Body body) throws IOException {
        out.writeFieldName(name);
        object(body);
    }

    <T> void list(String name, List<T> elements, Element<T> element) throws IOException {
        out.writeArrayFieldStart(name);
        for (T each : elements) {
            object(inner -> element.write(inner, each));
        }
        out.writeEndArray();
    }

    void text(String name, String value) throws IOException {
        out.writeStringField(name, value);
    }

    void number(String name, long value) throws IOException {
        out.writeNumberField(name, value);
    }

    /** Leaves the field out where it says nothing; read by {@link JsonIn#numberOrZero}. */
    void numberUnlessZero(String name, long value) throws IOException {
        if (value != 0) {
            number(name, value);
        }
    }

    void truth(String name, boolean value) throws IOException {
        out.writeBooleanField(name, value);
    }

    /** In base 64. */
    void bytes(String name, byte[] value) throws IOException {
        out.writeBinaryField(name, value);
    }

    void checksum(String name, int crc32c) throws IOException {
        out.writeStringField(name, HexFormat.of().toHexDigits(crc32c));
    }
}
