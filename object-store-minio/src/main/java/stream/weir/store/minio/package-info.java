/**
 * Stores in buckets through MinIO's client, for stores on which the AWS SDK's signing or checksums fail. Only this package knows it, and
 * OkHttp below it. One attempt for each request, as in the package's counterpart for the AWS SDK.
 */
@NullMarked
package stream.weir.store.minio;

import org.jspecify.annotations.NullMarked;
