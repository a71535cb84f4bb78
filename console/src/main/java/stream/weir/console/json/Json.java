package stream.weir.console.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Optional;

/** Writes one document. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator out;

    private Json(JsonGenerator out) {
        this.out = out;
    }

    /** What is inside of something. */
    interface Body {
        void write(Json out) throws IOException;
    }

    /** One element of a list. */
    interface Element<T> {
        void write(Json out, T element) throws IOException;
    }

    static String document(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            new Json(generator).whole(body);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return text.toString();
    }

    private void whole(Body body) throws IOException {
        out.writeStartObject();
        body.write(this);
        out.writeEndObject();
    }

    void object(String name, Body body) throws IOException {
        out.writeFieldName(name);
        whole(body);
    }

    <T> void list(String name, Collection<T> elements, Element<T> element) throws IOException {
        out.writeArrayFieldStart(name);
        for (T each : elements) {
            whole(inner -> element.write(inner, each));
        }
        out.writeEndArray();
    }

    void texts(String name, Collection<String> values) throws IOException {
        out.writeArrayFieldStart(name);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }

    void text(String name, String value) throws IOException {
        out.writeStringField(name, value);
    }

    void text(String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            text(name, value.get());
        }
    }

    void number(String name, long value) throws IOException {
        out.writeNumberField(name, value);
    }

    void number(String name, Optional<Long> value) throws IOException {
        if (value.isPresent()) {
            number(name, value.get());
        }
    }

    /** To a ten-thousandth: more says nothing, and costs bytes each second. */
    void fraction(String name, double value) throws IOException {
        out.writeNumberField(name, Math.round(value * 10_000) / 10_000.0);
    }

    void truth(String name, boolean value) throws IOException {
        out.writeBooleanField(name, value);
    }
}
