package stream.weir.connector.generator;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import stream.weir.api.codec.Codec;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.source.Source;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceReader;

/** Makes rows up by rules; see {@code RuleReader} for how rules are spelled. */
public final class GeneratorSource implements Source<Row> {
    private final GeneratorSettings settings;

    GeneratorSource(GeneratorSettings settings) {
        this.settings = settings;
    }

    /**
     * @param fields names to rules, as in a pipeline file: {@code Map.of("id", Map.of("sequence", 0L))}; in the order of the row
     * @param count records in all; without end where empty
     * @throws IllegalArgumentException when a rule is wrong
     */
    public static GeneratorSource of(Map<String, Object> fields, OptionalLong count, long seed) {
        RuleReader reader = new RuleReader();
        Map<String, FieldRule> rules = reader.read(fields);
        List<String> problems = reader.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", problems));
        }
        return new GeneratorSource(new GeneratorSettings(rules, count, seed, GeneratorSettings.DEFAULT_SPLITS));
    }

    @Override
    public Codec<Row> codec() {
        return RowCodec.of(settings.rows());
    }

    /**
     * @throws IllegalStateException when the restored positions are those of another number of splits
     */
    @Override
    public SourceReader<Row> open(SourceContext context) {
        return GeneratorReader.open(settings, context);
    }

    @Override
    public String toString() {
        return "generated rows";
    }
}
