package stream.weir.service.trace;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that took time, with what it was made of.
 *
 * @param startNanos since the epoch, by the coordinator's clock
 * @param endNanos not before the start
 * @param texts attributes that are words
 * @param numbers attributes that are numbers
 * @param error why it did not come about; empty where it did
 * @param parts what it was made of
 */
public record TraceSpan(
        String name,
        long startNanos,
        long endNanos,
        Map<String, String> texts,
        Map<String, Long> numbers,
        Optional<String> error,
        List<TraceSpan> parts) {
    public TraceSpan {
        texts = Map.copyOf(texts);
        numbers = Map.copyOf(numbers);
        parts = List.copyOf(parts);
    }
}
