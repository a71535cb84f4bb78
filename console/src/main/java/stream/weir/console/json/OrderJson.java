package stream.weir.console.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import stream.weir.console.Order;
import stream.weir.console.OrderRefusedException;
import stream.weir.console.OrderRefusedException.Reason;
import stream.weir.coordinator.savepoint.Savepoints;
import stream.weir.coordinator.store.SnapshotPlace;

/** Reads orders: one flat object with {@code order}, and what that order needs. */
public final class OrderJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Map<String, String> fields;

    private OrderJson(Map<String, String> fields) {
        this.fields = fields;
    }

    /**
     * @throws OrderRefusedException as {@code INVALID}, saying what is wrong
     */
    public static Order read(byte[] text) throws OrderRefusedException {
        return new OrderJson(fields(text)).order();
    }

    /** What went wrong, as an answer. */
    public static String problem(String reason, String detail) {
        return Json.document(out -> {
            out.text("reason", reason);
            out.text("detail", detail);
        });
    }

    private Order order() throws OrderRefusedException {
        return switch (kind()) {
            case CHECKPOINT -> new Order.Checkpoint();
            case SAVEPOINT -> new Order.Savepoint(savepointName(text("name")));
            case STOP -> new Order.Stop();
            case DRAIN -> new Order.Drain();
            case RESTART ->
                new Order.Restart(
                        target(),
                        "true".equals(fields.get("acceptDuplicates"))
                                ? Order.Duplicates.ACCEPT
                                : Order.Duplicates.REFUSE);
            case SCALE -> new Order.Scale(text("stage"), (int) number("replicas", Integer.MAX_VALUE));
        };
    }

    private Order.Kind kind() throws OrderRefusedException {
        String word = text("order").toUpperCase(Locale.ROOT);
        for (Order.Kind kind : Order.Kind.values()) {
            if (kind.name().equals(word)) {
                return kind;
            }
        }
        throw invalid("there is no order " + word);
    }

    private Order.Target target() throws OrderRefusedException {
        if (fields.containsKey("checkpoint") == fields.containsKey("savepoint")) {
            throw invalid("give either a checkpoint or a savepoint to go back to");
        }
        return fields.containsKey("checkpoint")
                ? new Order.Target.OfCheckpoint(number("checkpoint", Long.MAX_VALUE))
                : new Order.Target.OfSavepoint(new SnapshotPlace.Savepoint(savepointName(text("savepoint"))));
    }

    private static String savepointName(String name) throws OrderRefusedException {
        Optional<String> problem = Savepoints.problemWith(name);
        if (problem.isPresent()) {
            throw invalid(problem.get());
        }
        return name;
    }

    private String text(String field) throws OrderRefusedException {
        String value = fields.get(field);
        if (value == null) {
            throw invalid("the field " + field + " is missing");
        }
        return value;
    }

    private long number(String field, long most) throws OrderRefusedException {
        String value = text(field);
        try {
            long number = Long.parseLong(value);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw invalid(field + " is " + value + ": a whole number of at least 1 is needed");
    }

    private static Map<String, String> fields(byte[] text) throws OrderRefusedException {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw invalid("an order is an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (!parser.nextToken().isScalarValue()) {
                    throw invalid("the field " + name + " is no text or number");
                }
                fields.put(name, parser.getText());
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw invalid("something follows the order");
            }
            return fields;
        } catch (IOException e) {
            throw invalid("the order cannot be read: " + e.getMessage());
        }
    }

    private static OrderRefusedException invalid(String detail) {
        return new OrderRefusedException(Reason.INVALID, detail);
    }
}
