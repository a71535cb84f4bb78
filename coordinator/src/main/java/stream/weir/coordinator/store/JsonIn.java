package stream.weir.coordinator.store;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents strictly: the fields that {@link JsonOut} writes, in its order, of its types. Whatever else there is, or is
 * missing, is an error that names the place.
 */
final class JsonIn {
    private final String document;
    private final JsonParser in;
    private final Deque<String> path = new ArrayDeque<>(List.of("$"));

    /** @param document its name, for errors */
    JsonIn(String document, JsonParser in) {
        this.document = document;
        this.in = in;
    }

    /** Reads what is inside an object. */
    interface Body<T> {
        T read(JsonIn in) throws IOException;
    }

    <T> T object(Body<T> body) throws IOException {
        require(JsonToken.START_OBJECT, next(), "an object");
        T value = inside(body);
        JsonToken end = next();
        if (end == JsonToken.FIELD_NAME) {
            throw wrong("unexpected field '" + in.currentName() + "'");
        }
        require(JsonToken.END_OBJECT, end, "the end of the object");
        return value;
    }

    <T> T object(String name, Body<T> body) throws IOException {
        field(name);
        T value = object(body);
        path.removeLast();
        return value;
    }

    <T> List<T> list(String name, Body<T> element) throws IOException {
        field(name);
        require(JsonToken.START_ARRAY, next(), "a list");
        List<T> elements = new ArrayList<>();
        while (true) {
            JsonToken token = next();
            if (token == JsonToken.END_ARRAY) {
                path.removeLast();
                return elements;
            }
            path.addLast("[" + elements.size() + "]");
            require(JsonToken.START_OBJECT, token, "an object");
            elements.add(inside(element));
            JsonToken end = next();
            if (end == JsonToken.FIELD_NAME) {
                throw wrong("unexpected field '" + in.currentName() + "'");
            }
            require(JsonToken.END_OBJECT, end, "the end of the object");
            path.removeLast();
        }
    }

    String text(String name) throws IOException {
        field(name);
        require(JsonToken.VALUE_STRING, next(), "a string");
        String value = in.getText();
        path.removeLast();
        return value;
    }

    long number(String name) throws IOException {
        field(name);
        require(JsonToken.VALUE_NUMBER_INT, next(), "a whole number");
        long value = read(in::getLongValue);
        path.removeLast();
        return value;
    }

    int smallNumber(String name) throws IOException {
        field(name);
        require(JsonToken.VALUE_NUMBER_INT, next(), "a whole number");
        int value = read(in::getIntValue);
        path.removeLast();
        return value;
    }

    /** A field that may be missing, where another one follows. */
    long numberOrZero(String name) throws IOException {
        return peekField().equals(name) ? number(name) : 0;
    }

    boolean truth(String name) throws IOException {
        field(name);
        JsonToken token = next();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw wrong("expected true or false, found " + describe(token));
        }
        path.removeLast();
        return token == JsonToken.VALUE_TRUE;
    }

    byte[] bytes(String name) throws IOException {
        field(name);
        require(JsonToken.VALUE_STRING, next(), "bytes in base 64");
        byte[] value = read(in::getBinaryValue);
        path.removeLast();
        return value;
    }

    int checksum(String name) throws IOException {
        String text = text(name);
        try {
            if (text.length() == 8) {
                return Integer.parseUnsignedInt(text, 16);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw at(name, "expected a checksum of 8 hexadecimal digits, found '" + text + "'");
    }

    <E extends Enum<E>> E oneOf(String name, Class<E> type) throws IOException {
        String text = text(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw at(name, "'" + text + "' is none of " + List.of(type.getEnumConstants()));
    }

    /** The name of the next field, without going on to it. */
    String peekField() throws IOException {
        if (!pushedBack) {
            require(JsonToken.FIELD_NAME, next(), "a field");
            pushedBack = true;
        }
        return in.currentName();
    }

    /** Whether the next field is this one, without going on to it. */
    boolean hasField(String name) throws IOException {
        JsonToken token = next();
        pushedBack = true;
        return token == JsonToken.FIELD_NAME && name.equals(in.currentName());
    }

    /** @throws InvalidDocumentException when something follows */
    void end() throws IOException {
        JsonToken token = next();
        if (token != null) {
            throw wrong("unexpected " + describe(token) + " after the end");
        }
    }

    InvalidDocumentException at(String name, String problem) {
        path.addLast("." + name);
        return wrong(problem);
    }

    private boolean pushedBack;

    private void field(String name) throws IOException {
        path.addLast("." + name);
        JsonToken token = next();
        if (token != JsonToken.FIELD_NAME) {
            throw wrong("missing, found " + describe(token));
        }
        if (!name.equals(in.currentName())) {
            throw wrong("missing, found field '" + in.currentName() + "' in its place");
        }
    }

    private <T> T inside(Body<T> body) throws IOException {
        try {
            return body.read(this);
        } catch (IllegalArgumentException e) {
            throw new InvalidDocumentException(document + ": " + place() + ": " + e.getMessage(), e);
        }
    }

    private @Nullable JsonToken next() throws IOException {
        if (pushedBack) {
            pushedBack = false;
            return in.currentToken();
        }
        return read(in::nextToken);
    }

    private <T> T read(Body0<T> step) throws IOException {
        try {
            return step.read();
        } catch (JsonProcessingException e) {
            throw new InvalidDocumentException(document + ": " + place() + ": " + e.getOriginalMessage(), e);
        }
    }

    private interface Body0<T> {
        T read() throws IOException;
    }

    private void require(JsonToken expected, @Nullable JsonToken found, String what) throws IOException {
        if (found != expected) {
            throw wrong("expected " + what + ", found " + describe(found));
        }
    }

    private InvalidDocumentException wrong(String problem) {
        return new InvalidDocumentException(document + ": " + place() + ": " + problem);
    }

    private String place() {
        StringBuilder text = new StringBuilder();
        for (Iterator<String> parts = path.iterator(); parts.hasNext(); ) {
            text.append(parts.next());
        }
        JsonLocation location = in.currentLocation();
        return text + " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static String describe(@Nullable JsonToken token) {
        return token == null
                ? "the end of the document"
                : token.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
