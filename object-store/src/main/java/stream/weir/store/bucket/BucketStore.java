package stream.weir.store.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stream.weir.store.ObjectName;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;
import stream.weir.store.bucket.BucketClient.Condition;
import stream.weir.store.bucket.BucketClient.Content;
import stream.weir.store.bucket.BucketClient.Download;
import stream.weir.store.bucket.BucketClient.Page;
import stream.weir.store.open.StoreEnvironment;
import stream.weir.store.open.StoreUri;

/**
 * An {@link ObjectStore} below a prefix of a bucket. Requests that may be made any number of times are made again when that can help;
 * a conditional write whose answer got lost is reported as {@linkplain StoreException#outcomeUnknown() unknown}, as a second attempt
 * could take the first one for somebody else's. Safe for use by any number of threads.
 */
public final class BucketStore implements ObjectStore {
    private static final int DELETED_AT_ONCE = 1000;

    private final BucketClient client;
    private final StoreUri.Bucket uri;
    private final String root;
    private final BucketLimits limits;
    private final Retries retries;
    private final Transfers transfers;
    private final LargeObjects large;
    private final Failures failures;

    private BucketStore(BucketClient client, StoreUri.Bucket uri, String endpoint, BucketLimits limits, Work work) {
        this.client = client;
        this.uri = uri;
        this.root = uri.prefix().isEmpty() ? "" : uri.prefix() + "/";
        this.limits = limits;
        this.retries = work.retries;
        this.transfers = work.transfers;
        this.large = new LargeObjects(client, retries, transfers);
        this.failures = new Failures(uri.toString(), endpoint);
    }

    private record Work(Retries retries, Transfers transfers) {}

    /**
     * Opens a store; makes no request.
     *
     * @param client closed with the store
     * @param endpoint which the client's requests go to, for errors
     */
    public static BucketStore open(
            BucketClient client,
            StoreUri.Bucket uri,
            String endpoint,
            BucketLimits limits,
            StoreEnvironment environment) {
        Work work = new Work(
                new Retries(limits.retries(), environment.pause(), environment.random()),
                new Transfers(environment.transfers(), limits.transfers()));
        return new BucketStore(client, uri, endpoint, limits, work);
    }

    @Override
    public Created create(String name, byte[] content) throws StoreException {
        String what = "create " + name + " (" + content.length + " bytes)";
        return putIf(what, key(name), content, new Condition.Absent()).isPresent() ? Created.CREATED : Created.EXISTS;
    }

    @Override
    public Optional<String> replace(String name, String version, byte[] content) throws StoreException {
        String what = "replace " + name + " (" + content.length + " bytes)";
        return putIf(what, key(name), content, new Condition.Version(version));
    }

    /** @return the new version; empty when the condition did not hold */
    private Optional<String> putIf(String what, String key, byte[] content, Condition condition) throws StoreException {
        Outcome outcome = Outcome.NOT_APPLIED;
        for (int made = 1; ; made++) {
            try {
                String etag = client.put(key, new Content.Whole(content), condition);
                retries.succeeded();
                return Optional.of(etag);
            } catch (BucketException e) {
                if (e.outcome() == Outcome.UNKNOWN) {
                    outcome = Outcome.UNKNOWN;
                }
                boolean refused = e.isPreconditionFailed() || condition instanceof Condition.Version && e.isMissing();
                if (refused && outcome == Outcome.NOT_APPLIED) {
                    return Optional.empty();
                }
                if (refused || e.isSilence() || !e.mayPass() || !retries.again(made)) {
                    throw failures.of(what, e, outcome);
                }
            }
        }
    }

    @Override
    public Optional<byte[]> read(String name, int maxBytes) throws StoreException {
        return readVersioned(name, maxBytes).map(Versioned::content);
    }

    @Override
    public Optional<Versioned> readVersioned(String name, int maxBytes) throws StoreException {
        String key = key(name);
        try {
            return Optional.of(retries.call(() -> whole(name, key, maxBytes)));
        } catch (TooLarge e) {
            throw e.error;
        } catch (BucketException e) {
            if (e.isMissing()) {
                return Optional.empty();
            }
            throw failures.of("read " + name, e, Outcome.NOT_APPLIED);
        }
    }

    /** Carries an error of this store through the attempts: it is not one of the request. */
    private static final class TooLarge extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final StoreException error;

        TooLarge(StoreException error) {
            super(error);
            this.error = error;
        }
    }

    private Versioned whole(String name, String key, int maxBytes) throws BucketException {
        Download download = client.get(key, Optional.empty(), Optional.empty());
        try (InputStream body = download.body()) {
            if (download.totalBytes() > maxBytes) {
                throw new TooLarge(new StoreException(
                        "Cannot read " + name + " from " + location() + ": it has " + download.totalBytes()
                                + " bytes, and at most " + maxBytes + " are allowed here",
                        Outcome.NOT_APPLIED));
            }
            byte[] content = body.readNBytes((int) download.totalBytes());
            if (content.length < download.totalBytes()) {
                throw new IOException("it ended after " + content.length + " of " + download.totalBytes() + " bytes");
            }
            return new Versioned(content, download.etag());
        } catch (BucketException e) {
            throw e;
        } catch (IOException e) {
            throw BucketException.noAnswer(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public InputStream open(String name) throws StoreException {
        Chunk.Source source = new Chunk.Source(client, retries, key(name));
        try {
            return DownloadStream.open(source, transfers, limits.chunkBytes());
        } catch (BucketException e) {
            throw failures.of("read " + name, e, Outcome.NOT_APPLIED);
        }
    }

    @Override
    public void upload(String name, Path file) throws StoreException {
        String key = key(name);
        long bytes;
        try {
            bytes = Files.size(file);
        } catch (IOException e) {
            throw new StoreException(
                    "Cannot store " + name + " in " + location() + ": cannot read " + file + ": " + e,
                    Outcome.NOT_APPLIED,
                    e);
        }
        writing("store " + name + " (" + bytes + " bytes of " + file + ")", () -> {
            if (bytes > limits.inOnePiece()) {
                large.upload(key, file, bytes, limits.partBytes());
            } else {
                put(key, new Content.Slice(file, 0, bytes));
            }
        });
    }

    @Override
    public void upload(String name, byte[] content) throws StoreException {
        String key = key(name);
        writing("store " + name + " (" + content.length + " bytes)", () -> put(key, new Content.Whole(content)));
    }

    private void put(String key, Content content) throws BucketException {
        retries.call(() -> client.put(key, content, new Condition.Always()));
    }

    @Override
    public void copy(String from, String to) throws StoreException {
        String source = key(from);
        String target = key(to);
        writing("copy " + from + " to " + to, () -> {
            long bytes = retries.call(() -> client.size(source));
            if (bytes > limits.copyInOnePiece()) {
                large.copy(source, target, bytes, limits.copyPartBytes());
            } else {
                retries.call(() -> {
                    client.copy(source, target);
                    return target;
                });
            }
        });
    }

    @Override
    public List<ObjectInfo> list(String prefix) throws StoreException {
        String keys = root + ObjectName.checkPrefix(prefix, location());
        List<ObjectInfo> found = new ArrayList<>();
        Optional<String> from = Optional.empty();
        try {
            do {
                Optional<String> here = from;
                Page page = retries.call(() -> client.list(keys, here));
                for (ObjectInfo object : page.objects()) {
                    found.add(new ObjectInfo(
                            object.name().substring(root.length()), object.bytes(), object.modifiedMillis()));
                }
                from = page.next();
            } while (from.isPresent());
        } catch (BucketException e) {
            throw failures.of("list " + prefix + "*", e, Outcome.NOT_APPLIED);
        }
        return List.copyOf(found);
    }

    @Override
    public void delete(List<String> names) throws StoreException {
        List<String> keys = new ArrayList<>();
        for (String name : names) {
            keys.add(key(name));
        }
        for (int first = 0; first < keys.size(); first += DELETED_AT_ONCE) {
            List<String> some = keys.subList(first, Math.min(keys.size(), first + DELETED_AT_ONCE));
            writing(
                    "delete " + names.get(first) + " and " + (some.size() - 1) + " more",
                    () -> retries.call(() -> {
                        client.delete(some);
                        return some;
                    }));
        }
    }

    @Override
    public String location() {
        return uri.toString();
    }

    @Override
    public void close() {
        client.close();
    }

    private interface Writing {
        void go() throws BucketException;
    }

    private void writing(String what, Writing writing) throws StoreException {
        try {
            writing.go();
        } catch (BucketException e) {
            throw failures.of(what, e, e.outcome());
        }
    }

    private String key(String name) throws StoreException {
        return root + ObjectName.check(name, location());
    }
}
