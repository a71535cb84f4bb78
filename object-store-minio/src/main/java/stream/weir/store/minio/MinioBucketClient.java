package stream.weir.store.minio;

import io.minio.AbortMultipartUploadArgs;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CopyObjectArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.DeleteObjectsArgs;
import io.minio.DeleteObjectsResponse;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.HeadObjectArgs;
import io.minio.Http;
import io.minio.ListObjectsV2Args;
import io.minio.MinioAsyncClient;
import io.minio.PutObjectAPIArgs;
import io.minio.PutObjectAPIBaseArgs;
import io.minio.SourceObject;
import io.minio.UploadPartArgs;
import io.minio.UploadPartCopyArgs;
import io.minio.messages.DeleteRequest;
import io.minio.messages.ListBucketResultV2;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stream.weir.store.ObjectStore.ObjectInfo;
import stream.weir.store.bucket.BucketClient;
import stream.weir.store.bucket.BucketException;
import stream.weir.store.bucket.SliceStream;

/** Requests to one bucket through MinIO's client. */
final class MinioBucketClient implements BucketClient {
    private final MinioAsyncClient minio;
    private final String bucket;

    /** @param minio closed with this */
    MinioBucketClient(MinioAsyncClient minio, String bucket) {
        this.minio = minio;
        this.bucket = bucket;
    }

    @Override
    public String put(String key, Content content, Condition condition) throws BucketException {
        PutObjectAPIArgs.Builder request =
                PutObjectAPIArgs.builder().bucket(bucket).object(key).headers(headers(condition));
        return sending(content, request, () -> minio.putObject(request.build())).etag();
    }

    private static Http.Headers headers(Condition condition) {
        return switch (condition) {
            case Condition.Always always -> new Http.Headers();
            case Condition.Absent absent -> new Http.Headers("If-None-Match", "*");
            case Condition.Version version -> new Http.Headers("If-Match", version.etag());
        };
    }

    /** Slices are brought into memory: of a file, this client signs other bytes than it sends unless it begins at the first. */
    private static <T> T sending(
            Content content, PutObjectAPIBaseArgs.Builder<?, ?> request, MinioFailures.Request<T> send)
            throws BucketException {
        byte[] bytes =
                switch (content) {
                    case Content.Whole(byte[] whole) -> whole;
                    case Content.Slice slice -> read(slice);
                };
        request.data(bytes, bytes.length);
        return MinioFailures.translated(send);
    }

    private static byte[] read(Content.Slice slice) throws BucketException {
        try (SliceStream stream = SliceStream.open(slice)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw BucketException.unreadable(slice.file(), e);
        }
    }

    @Override
    public Download get(String key, Optional<Range> range, Optional<String> etag) throws BucketException {
        GetObjectArgs.Builder request = GetObjectArgs.builder().bucket(bucket).object(key);
        range.ifPresent(part -> request.offset(part.first()).length(part.last() - part.first() + 1));
        etag.ifPresent(request::matchETag);
        GetObjectResponse body = MinioFailures.translated(() -> minio.getObject(request.build()));
        return new Download(body, header(body, "ETag").replace("\"", ""), totalBytes(body));
    }

    /** {@code Content-Range: bytes 0-9/100}, or the length of a whole answer. */
    private static long totalBytes(GetObjectResponse body) {
        String range = header(body, "Content-Range");
        return range.isEmpty()
                ? Long.parseLong(header(body, "Content-Length"))
                : Long.parseLong(range.substring(range.lastIndexOf('/') + 1));
    }

    private static String header(GetObjectResponse body, String name) {
        return Optional.ofNullable(body.headers().get(name)).orElse("");
    }

    @Override
    public Page list(String prefix, Optional<String> from) throws BucketException {
        ListObjectsV2Args.Builder request =
                ListObjectsV2Args.builder().bucket(bucket).prefix(prefix);
        from.ifPresent(request::continuationToken);
        ListBucketResultV2 result = MinioFailures.translated(() -> minio.listObjectsV2(request.build()))
                .result();
        List<ObjectInfo> objects = result.contents().stream()
                .map(item -> new ObjectInfo(
                        item.objectName(),
                        item.size(),
                        item.lastModified().toInstant().toEpochMilli()))
                .toList();
        return new Page(objects, result.isTruncated() ? Optional.of(result.nextContinuationToken()) : Optional.empty());
    }

    @Override
    public void delete(List<String> keys) throws BucketException {
        List<DeleteRequest.Object> objects =
                keys.stream().map(DeleteRequest.Object::new).toList();
        DeleteObjectsResponse response = MinioFailures.translated(() -> minio.deleteObjects(DeleteObjectsArgs.builder()
                .bucket(bucket)
                .objects(objects)
                .quiet(true)
                .build()));
        if (!response.result().errors().isEmpty()) {
            throw MinioFailures.ofOne(response.result().errors().getFirst());
        }
    }

    @Override
    public long size(String key) throws BucketException {
        return MinioFailures.translated(() -> minio.headObject(
                        HeadObjectArgs.builder().bucket(bucket).object(key).build()))
                .size();
    }

    @Override
    public void copy(String from, String to) throws BucketException {
        MinioFailures.translated(() -> minio.copyObject(CopyObjectArgs.builder()
                .bucket(bucket)
                .object(to)
                .source(SourceObject.builder().bucket(bucket).object(from).build())
                .build()));
    }

    @Override
    public String begin(String key) throws BucketException {
        return MinioFailures.translated(() -> minio.createMultipartUpload(CreateMultipartUploadArgs.builder()
                        .bucket(bucket)
                        .object(key)
                        .build()))
                .result()
                .uploadId();
    }

    @Override
    public String put(Part part, Content content) throws BucketException {
        UploadPartArgs.Builder request = UploadPartArgs.builder()
                .bucket(bucket)
                .object(part.key())
                .uploadId(part.upload())
                .partNumber(part.number());
        return sending(content, request, () -> minio.uploadPart(request.build()))
                .part()
                .etag();
    }

    @Override
    public String copy(Part part, String from, Range range) throws BucketException {
        return MinioFailures.translated(() -> minio.uploadPartCopy(UploadPartCopyArgs.builder()
                        .bucket(bucket)
                        .object(part.key())
                        .uploadId(part.upload())
                        .partNumber(part.number())
                        .headers(new Http.Headers(
                                "x-amz-copy-source",
                                "/" + bucket + "/" + from,
                                "x-amz-copy-source-range",
                                range.header()))
                        .build()))
                .part()
                .etag();
    }

    @Override
    public void complete(String key, String upload, List<String> etags) throws BucketException {
        List<io.minio.messages.Part> parts = new ArrayList<>();
        for (String etag : etags) {
            parts.add(new io.minio.messages.Part(parts.size() + 1, etag));
        }
        MinioFailures.translated(() -> minio.completeMultipartUpload(CompleteMultipartUploadArgs.builder()
                .bucket(bucket)
                .object(key)
                .uploadId(upload)
                .parts(parts.toArray(io.minio.messages.Part[]::new))
                .build()));
    }

    @Override
    public void abort(String key, String upload) throws BucketException {
        MinioFailures.translated(() -> minio.abortMultipartUpload(AbortMultipartUploadArgs.builder()
                .bucket(bucket)
                .object(key)
                .uploadId(upload)
                .build()));
    }

    @Override
    public void close() {
        minio.close();
    }
}
