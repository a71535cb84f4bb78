package stream.weir.store.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Error;
import stream.weir.store.ObjectStore.ObjectInfo;
import stream.weir.store.bucket.BucketClient;
import stream.weir.store.bucket.BucketException;

/** Requests to one bucket through the AWS SDK. */
final class S3BucketClient implements BucketClient {
    private final S3Client s3;
    private final String bucket;

    /** @param s3 without retries of its own; closed with this */
    S3BucketClient(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public String put(String key, Content content, Condition condition) throws BucketException {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(key);
        switch (condition) {
            case Condition.Always always -> {}
            case Condition.Absent absent -> request.ifNoneMatch("*");
            case Condition.Version version -> request.ifMatch(version.etag());
        }
        return S3Failures.translated(
                () -> s3.putObject(request.build(), body(content)).eTag());
    }

    private static RequestBody body(Content content) {
        return switch (content) {
            case Content.Whole whole -> RequestBody.fromBytes(whole.content());
            case Content.Slice slice -> RequestBody.fromContentProvider(new SliceStreams(slice), slice.bytes(), BINARY);
        };
    }

    private static final String BINARY = "application/octet-stream";

    @Override
    public Download get(String key, Optional<Range> range, Optional<String> etag) throws BucketException {
        return S3Failures.translated(() -> {
            ResponseInputStream<GetObjectResponse> body = s3.getObject(get -> get.bucket(bucket)
                    .key(key)
                    .range(range.map(Range::header).orElse(null))
                    .ifMatch(etag.orElse(null)));
            GetObjectResponse response = body.response();
            return new Download(new AbortingStream(body), response.eTag(), totalBytes(response));
        });
    }

    /** {@code Content-Range: bytes 0-9/100}, or the length of a whole answer. */
    private static long totalBytes(GetObjectResponse response) {
        String range = response.contentRange();
        return range == null ? response.contentLength() : Long.parseLong(range.substring(range.lastIndexOf('/') + 1));
    }

    @Override
    public Page list(String prefix, Optional<String> from) throws BucketException {
        return S3Failures.translated(() -> {
            ListObjectsV2Response response =
                    s3.listObjectsV2(list -> list.bucket(bucket).prefix(prefix).continuationToken(from.orElse(null)));
            List<ObjectInfo> objects = response.contents().stream()
                    .map(object -> new ObjectInfo(
                            object.key(), object.size(), object.lastModified().toEpochMilli()))
                    .toList();
            return new Page(
                    objects,
                    Boolean.TRUE.equals(response.isTruncated())
                            ? Optional.of(response.nextContinuationToken())
                            : Optional.empty());
        });
    }

    @Override
    public void delete(List<String> keys) throws BucketException {
        List<ObjectIdentifier> objects = keys.stream()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        DeleteObjectsResponse response = S3Failures.translated(() -> s3.deleteObjects(delete ->
                delete.bucket(bucket).delete(what -> what.objects(objects).quiet(true))));
        if (!response.errors().isEmpty()) {
            S3Error first = response.errors().getFirst();
            throw S3Failures.ofOne(first, response);
        }
    }

    @Override
    public long size(String key) throws BucketException {
        return S3Failures.translated(
                () -> s3.headObject(head -> head.bucket(bucket).key(key)).contentLength());
    }

    @Override
    public void copy(String from, String to) throws BucketException {
        S3Failures.translated(() -> s3.copyObject(copy -> copy.sourceBucket(bucket)
                .sourceKey(from)
                .destinationBucket(bucket)
                .destinationKey(to)));
    }

    @Override
    public String begin(String key) throws BucketException {
        return S3Failures.translated(
                () -> s3.createMultipartUpload(create -> create.bucket(bucket).key(key))
                        .uploadId());
    }

    @Override
    public String put(Part part, Content content) throws BucketException {
        return S3Failures.translated(() -> s3.uploadPart(
                        upload -> upload.bucket(bucket)
                                .key(part.key())
                                .uploadId(part.upload())
                                .partNumber(part.number()),
                        body(content))
                .eTag());
    }

    @Override
    public String copy(Part part, String from, Range range) throws BucketException {
        return S3Failures.translated(() -> s3.uploadPartCopy(copy -> copy.sourceBucket(bucket)
                        .sourceKey(from)
                        .copySourceRange(range.header())
                        .destinationBucket(bucket)
                        .destinationKey(part.key())
                        .uploadId(part.upload())
                        .partNumber(part.number()))
                .copyPartResult()
                .eTag());
    }

    @Override
    public void complete(String key, String upload, List<String> etags) throws BucketException {
        List<CompletedPart> parts = new ArrayList<>();
        for (String etag : etags) {
            parts.add(CompletedPart.builder()
                    .partNumber(parts.size() + 1)
                    .eTag(etag)
                    .build());
        }
        S3Failures.translated(() -> s3.completeMultipartUpload(complete ->
                complete.bucket(bucket).key(key).uploadId(upload).multipartUpload(all -> all.parts(parts))));
    }

    @Override
    public void abort(String key, String upload) throws BucketException {
        S3Failures.translated(() ->
                s3.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(upload)));
    }

    @Override
    public void close() {
        s3.close();
    }
}
