package stream.weir.cli.state;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stream.weir.cli.answer.Value;

/** Decoded values as values of answers. */
final class Values {
    private Values() {}

    static Value of(@Nullable Object decoded) {
        return switch (decoded) {
            case null -> Value.NOTHING;
            case Boolean flag -> Value.of(flag);
            case Long number -> Value.of(number);
            case Double number -> Value.of(number);
            case List<?> list -> new Value.Items(list.stream().map(Values::of).toList());
            case Map<?, ?> map -> {
                Value.Builder fields = Value.fields();
                map.forEach((name, value) -> fields.with(String.valueOf(name), of(value)));
                yield fields.build();
            }
            default -> Value.of(decoded.toString());
        };
    }
}
