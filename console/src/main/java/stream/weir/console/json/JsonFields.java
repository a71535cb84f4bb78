package stream.weir.console.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object of JSON that others have written, as maps, lists, texts, longs and truths; nulls and fractions are left out. */
public final class JsonFields {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(20).build())
            .build();

    private JsonFields() {}

    /** @throws IOException when it is none */
    public static Map<String, Object> read(byte[] text) throws IOException {
        try (JsonParser in = FACTORY.createParser(text)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object of JSON");
            }
            return object(in);
        }
    }

    private static Map<String, Object> object(JsonParser in) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            List<Object> found = new ArrayList<>();
            value(in, in.nextToken(), found);
            found.forEach(value -> fields.put(name, value));
        }
        return fields;
    }

    private static List<Object> list(JsonParser in) throws IOException {
        List<Object> elements = new ArrayList<>();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            value(in, token, elements);
        }
        return elements;
    }

    private static void value(JsonParser in, JsonToken token, List<Object> to) throws IOException {
        switch (token) {
            case START_OBJECT -> to.add(object(in));
            case START_ARRAY -> to.add(list(in));
            case VALUE_STRING -> to.add(in.getText());
            case VALUE_NUMBER_INT -> to.add(in.getLongValue());
            case VALUE_TRUE, VALUE_FALSE -> to.add(in.getBooleanValue());
            case VALUE_NULL, VALUE_NUMBER_FLOAT -> {}
            default -> throw new IOException("unexpected " + token);
        }
    }
}
