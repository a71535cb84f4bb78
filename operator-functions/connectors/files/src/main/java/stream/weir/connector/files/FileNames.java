package stream.weir.connector.files;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stream.weir.api.sink.SinkContext;

/**
 * Names of a sink's files. Pipeline and stage are DNS labels, so the dots between the parts are unambiguous; a run and a replica
 * in each name keep those of different writers apart.
 *
 * <pre>
 * .weir-owner.PIPELINE.STAGE                            who writes here
 * .weir-part.PIPELINE.STAGE.RUN.REPLICA.NUMBER.csv      rows not committed yet
 * STAGE-CHECKPOINT-RUN-REPLICA-PART.csv                 committed rows
 * </pre>
 */
final class FileNames {
    private static final String OWNER = ".weir-owner.";
    private static final String PART = ".weir-part.";
    private static final Pattern REST = Pattern.compile("(\\d{1,18})\\.(\\d{1,9})\\.\\d{1,18}\\.(?:csv|jsonl)");

    private final SinkContext context;
    private final String ending;
    private long numbers;

    FileNames(SinkContext context, String ending) {
        this.context = context;
        this.ending = ending;
    }

    /** A name that no other file of this writer has had. */
    String hidden() {
        return partPrefix(context) + context.run() + "." + context.replica() + "." + numbers++ + "." + ending;
    }

    /** @param part number of the file within the checkpoint, from 0 */
    String visible(long checkpoint, int part) {
        return String.format(
                "%s-%010d-%d-%d-%d.%s",
                escaped(context.stage()), checkpoint, context.run(), context.replica(), part, ending);
    }

    static String owner(SinkContext context) {
        return OWNER + escaped(context.pipeline()) + "." + escaped(context.stage());
    }

    static boolean isOwner(String name) {
        return name.startsWith(OWNER);
    }

    /** Pipeline and stage of an owner file, for people. */
    static String ownerText(String name) {
        String[] parts = name.substring(OWNER.length()).split("\\.", 2);
        return parts.length == 2 ? "the stage " + parts[1] + " of the pipeline " + parts[0] : name;
    }

    /** Who wrote a hidden file. */
    record Writer(long run, int replica) {}

    /** The writer of a hidden file of the context's pipeline and stage; empty for other files. */
    static Optional<Writer> writer(String name, SinkContext context) {
        String prefix = partPrefix(context);
        if (!name.startsWith(prefix)) {
            return Optional.empty();
        }
        Matcher rest = REST.matcher(name.substring(prefix.length()));
        return rest.matches()
                ? Optional.of(new Writer(Long.parseLong(rest.group(1)), Integer.parseInt(rest.group(2))))
                : Optional.empty();
    }

    private static String partPrefix(SinkContext context) {
        return PART + escaped(context.pipeline()) + "." + escaped(context.stage()) + ".";
    }

    /** DNS labels stay as they are; other names, which programs may give, lose dots and separators. */
    private static String escaped(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace(".", "%2E")
                .replace("*", "%2A");
    }
}
