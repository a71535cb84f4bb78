package stream.weir.definition.spec;

import java.util.LinkedHashMap;
import java.util.Map;
import stream.weir.api.pipeline.CheckpointConfig.Mode;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.RestoreFrom;
import stream.weir.api.pipeline.StateConfig.Backend;
import stream.weir.api.pipeline.Step.JoinType;

/** The words of the grammar, in the order in which messages list them. */
final class Words {
    static final Map<String, OnError> ON_ERROR =
            ordered("fail", OnError.FAIL, "skip", OnError.SKIP, "deadLetter", OnError.DEAD_LETTER);
    static final Map<String, Backend> BACKENDS =
            ordered("Memory", Backend.MEMORY, "Filesystem", Backend.FILESYSTEM, "RocksDB", Backend.ROCKSDB);
    static final Map<String, Mode> MODES = ordered("ExactlyOnce", Mode.EXACTLY_ONCE, "AtLeastOnce", Mode.AT_LEAST_ONCE);
    static final Map<String, JoinType> JOIN_TYPES = ordered("inner", JoinType.INNER, "left", JoinType.LEFT);
    static final Map<String, String> S3_CLIENTS = ordered("aws", "aws", "minio", "minio");
    static final Map<String, RestoreFrom.Kind> RESTORE_KINDS = ordered(
            "checkpoint",
            RestoreFrom.Kind.CHECKPOINT,
            "savepoint",
            RestoreFrom.Kind.SAVEPOINT,
            "uri",
            RestoreFrom.Kind.URI);

    private Words() {}

    private static <T> Map<String, T> ordered(String first, T a, String second, T b) {
        Map<String, T> map = new LinkedHashMap<>();
        map.put(first, a);
        map.put(second, b);
        return map;
    }

    private static <T> Map<String, T> ordered(String first, T a, String second, T b, String third, T c) {
        Map<String, T> map = ordered(first, a, second, b);
        map.put(third, c);
        return map;
    }
}
