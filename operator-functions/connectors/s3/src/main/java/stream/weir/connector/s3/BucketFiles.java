package stream.weir.connector.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import stream.weir.connector.format.input.FileStore;
import stream.weir.connector.format.input.FoundFile;
import stream.weir.connector.format.input.RawFile;
import stream.weir.connector.format.input.UnreadableFileException;
import stream.weir.store.ObjectReader;
import stream.weir.store.ObjectStore.ObjectInfo;
import stream.weir.store.StoreException;

/** The objects of a prefix as files. Their names are whole keys. */
final class BucketFiles implements FileStore {
    private final ObjectReader bucket;
    private final Prefix prefix;

    BucketFiles(ObjectReader bucket, Prefix prefix) {
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public List<FoundFile> list() throws IOException {
        Prefix.Selection selection = prefix.selection();
        List<FoundFile> found = new ArrayList<>();
        for (ObjectInfo object : bucket.list(prefix.keys())) {
            if (selection.takes(object.name())) {
                found.add(new FoundFile(object.name(), object.modifiedMillis()));
            }
        }
        found.sort(Comparator.comparing(FoundFile::name));
        return found;
    }

    @Override
    public RawFile open(String name) throws IOException {
        try {
            return new BucketFile(shown(name), bucket.open(name));
        } catch (StoreException e) {
            throw new UnreadableFileException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public String shown(String name) {
        return prefix.bucketUri() + "/" + name;
    }

    @Override
    public String location() {
        return prefix.toString();
    }

    @Override
    public void close() {
        bucket.close();
    }
}
