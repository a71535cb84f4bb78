package stream.weir.verification.services;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import stream.weir.testservers.MinioServer;

/**
 * Where the snapshots of a job go.
 *
 * @param yaml what the pipeline file says of it, in flow style
 * @param environment by which processes have access
 */
record Snapshots(String yaml, Map<String, String> environment) {
    private static final String BUCKET = "weir";

    /** The folder {@code checkpoints} beside the pipeline file. */
    static Snapshots folder() {
        return new Snapshots("{uri: \"file:checkpoints\"}", Map.of());
    }

    static Snapshots in(MinioServer minio) throws IOException {
        return in(minio, minio.endpoint());
    }

    /** @param endpoint by which the server is reached */
    static Snapshots in(MinioServer minio, URI endpoint) throws IOException {
        minio.createBucket(BUCKET);
        return new Snapshots(
                "{uri: \"s3://" + BUCKET + "/snapshots\", endpoint: \"" + endpoint + "\", pathStyle: true}",
                Map.of("AWS_ACCESS_KEY_ID", minio.accessKey(), "AWS_SECRET_ACCESS_KEY", minio.secretKey()));
    }
}
