package stream.weir.cli.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as JSON. */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** Over many lines, for people and programs. */
    public static String pretty(Value value) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        return format(value, printer);
    }

    /** On one line. */
    public static String line(Value value) {
        return format(value, null);
    }

    /** @throws IOException when it is no JSON */
    public static Value read(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            return first == null ? Value.NOTHING : read(parser, first);
        }
    }

    private static Value read(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> {
                Value.Builder fields = Value.fields();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    fields.with(name, read(parser, parser.nextToken()));
                }
                yield fields.build();
            }
            case START_ARRAY -> {
                List<Value> items = new ArrayList<>();
                for (JsonToken each = parser.nextToken(); each != JsonToken.END_ARRAY; each = parser.nextToken()) {
                    items.add(read(parser, each));
                }
                yield new Value.Items(items);
            }
            case VALUE_STRING -> Value.of(parser.getText());
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? Value.of(parser.getDoubleValue())
                        : Value.of(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> Value.of(parser.getDoubleValue());
            case VALUE_TRUE -> Value.of(true);
            case VALUE_FALSE -> Value.of(false);
            default -> Value.NOTHING;
        };
    }

    private static String format(Value value, @Nullable DefaultPrettyPrinter printer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            if (printer != null) {
                generator.setPrettyPrinter(printer);
            }
            write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(Value value, JsonGenerator out) throws IOException {
        switch (value) {
            case Value.Nothing _ -> out.writeNull();
            case Value.Text(String content) -> out.writeString(content);
            case Value.Whole(long number) -> out.writeNumber(number);
            case Value.Real(double number) -> {
                if (Double.isFinite(number)) {
                    out.writeNumber(number);
                } else {
                    out.writeString(Double.toString(number));
                }
            }
            case Value.Flag(boolean set) -> out.writeBoolean(set);
            case Value.Items(List<Value> all) -> {
                out.writeStartArray();
                for (Value each : all) {
                    write(each, out);
                }
                out.writeEndArray();
            }
            case Value.Fields(Map<String, Value> all) -> {
                out.writeStartObject();
                for (Map.Entry<String, Value> each : all.entrySet()) {
                    out.writeFieldName(each.getKey());
                    write(each.getValue(), out);
                }
                out.writeEndObject();
            }
        }
    }
}
