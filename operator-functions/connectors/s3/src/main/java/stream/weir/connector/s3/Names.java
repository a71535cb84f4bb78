package stream.weir.connector.s3;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stream.weir.api.sink.SinkContext;

/**
 * Names of a sink's objects below its prefix. A run and a replica in each name keep those of different writers apart.
 *
 * <pre>
 * _weir-owner                                         who writes here
 * _pending/STAGE-RUN-REPLICA-NUMBER.jsonl             rows not committed yet
 * STAGE-CHECKPOINT-RUN-REPLICA-PART.jsonl             committed rows
 * </pre>
 */
final class Names {
    static final String OWNER = "_weir-owner";
    static final String PENDING = "_pending/";

    private static final Pattern WRITER = Pattern.compile("_pending/.+-(\\d{1,18})-(\\d{1,9})-\\d{1,18}\\.[a-z.]+");

    private final SinkContext context;
    private final String ending;
    private long numbers;

    Names(SinkContext context, String ending) {
        this.context = context;
        this.ending = ending;
    }

    /** A name that no other object of this writer has had. */
    String pending() {
        return PENDING + stage() + "-" + context.run() + "-" + context.replica() + "-" + numbers++ + "." + ending;
    }

    /** @param part number of the object within the checkpoint, from 0 */
    String committed(long checkpoint, int part) {
        return String.format(
                "%s-%010d-%d-%d-%d.%s", stage(), checkpoint, context.run(), context.replica(), part, ending);
    }

    /** Stages are DNS labels; other names, which programs may give, lose what stores do not take. */
    private String stage() {
        return context.stage().replaceAll("[^A-Za-z0-9_-]", "_").replaceAll("^_+", "");
    }

    /** Who wrote an object that is pending. */
    record Writer(long run, int replica) {}

    static Optional<Writer> writer(String name) {
        Matcher parts = WRITER.matcher(name);
        return parts.matches()
                ? Optional.of(new Writer(Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2))))
                : Optional.empty();
    }
}
