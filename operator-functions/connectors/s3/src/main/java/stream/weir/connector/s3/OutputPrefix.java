package stream.weir.connector.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import stream.weir.api.codec.Bytes;
import stream.weir.api.sink.SinkContext;
import stream.weir.store.ObjectStore;
import stream.weir.store.ObjectStore.Created;
import stream.weir.store.ObjectStore.ObjectInfo;
import stream.weir.store.StoreException;
import stream.weir.store.StoreFailure;

/** The prefix of a sink: its owner, and the steps by which an object gets its final name. Used by one thread at a time. */
final class OutputPrefix implements AutoCloseable {
    private static final int MOST_OWNER_BYTES = 4096;

    private final ObjectStore store;

    private OutputPrefix(ObjectStore store) {
        this.store = store;
    }

    /**
     * Takes the prefix and removes what earlier runs prepared beyond the restored checkpoint.
     *
     * @param store closed with what is returned, or when this fails
     */
    static OutputPrefix open(ObjectStore store, SinkContext context) throws IOException {
        try {
            own(store, context);
            removeLeftovers(store, context);
            return new OutputPrefix(store);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static void own(ObjectStore store, SinkContext context) throws IOException {
        String name = "the stage " + context.stage() + " of the pipeline " + context.pipeline();
        Optional<byte[]> owner = store.read(Names.OWNER, MOST_OWNER_BYTES);
        if (owner.isEmpty() && created(store, name)) {
            return;
        }
        if (owner.isEmpty()) {
            owner = store.read(Names.OWNER, MOST_OWNER_BYTES);
        }
        String found = owner.map(bytes -> new String(bytes, UTF_8)).orElse("nobody any more");
        if (!found.equals(name)) {
            throw new UnwritableBucketException("cannot write to " + store.location() + " for " + name
                    + ": it belongs to " + found + "; give the sink another uri, or remove " + Names.OWNER
                    + " there if that one is gone");
        }
    }

    /** An outcome that is not known is one more reason to read what is there. */
    private static boolean created(ObjectStore store, String name) throws StoreException {
        try {
            return store.create(Names.OWNER, name.getBytes(UTF_8)) == Created.CREATED;
        } catch (StoreException e) {
            if (e.outcomeUnknown()) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Earlier runs are over, and of their transactions only the restored ones are still needed. In its own run a replica has
     * written nothing yet, but its neighbours may have; what a later run wrote is not ours to judge.
     */
    private static void removeLeftovers(ObjectStore store, SinkContext context) throws StoreException {
        Set<String> needed = new HashSet<>();
        for (Bytes transaction : context.restored()) {
            needed.add(Transaction.decode(transaction).pending());
        }
        List<String> over = new ArrayList<>();
        for (ObjectInfo object : store.list(Names.PENDING)) {
            boolean isOver = Names.writer(object.name())
                    .filter(who -> who.run() < context.run()
                            || (who.run() == context.run() && who.replica() == context.replica()))
                    .isPresent();
            if (isOver && !needed.contains(object.name())) {
                over.add(object.name());
            }
        }
        store.delete(over);
    }

    /** {@code name}, or where such an object is there already, left by a pipeline that started anew, a name next to it. */
    String free(String name) throws StoreException {
        int dot = name.indexOf('.');
        String stem = name.substring(0, dot);
        Set<String> taken = new HashSet<>();
        store.list(stem).forEach(object -> taken.add(object.name()));
        String free = name;
        for (int number = 1; taken.contains(free); number++) {
            free = stem + "-" + number + name.substring(dot);
        }
        return free;
    }

    /** Makes a file an object that nobody is to look at yet. */
    void upload(Path file, String pending) throws StoreException {
        store.upload(pending, file);
    }

    /**
     * Gives the transaction's object its final name; where it has it, does nothing.
     *
     * @throws UnwritableBucketException when the object is not there or not what was prepared
     */
    void commit(Transaction transaction) throws IOException {
        try {
            store.copy(transaction.pending(), transaction.committed());
        } catch (StoreException e) {
            if (e.failure() != StoreFailure.NOT_THERE) {
                throw e;
            }
            requireCommitted(transaction, e);
            return;
        }
        store.delete(List.of(transaction.pending()));
    }

    private void requireCommitted(Transaction transaction, StoreException cause) throws IOException {
        OptionalLong length = length(transaction.committed());
        if (length.isEmpty()) {
            throw new UnwritableBucketException(
                    problem(transaction) + "its data is missing: neither " + transaction.pending() + " nor "
                            + transaction.committed() + " is there; if the latter was moved away, put it back",
                    cause);
        }
        if (length.getAsLong() != transaction.length()) {
            throw new UnwritableBucketException(
                    problem(transaction) + transaction.committed() + " is " + length.getAsLong()
                            + " bytes long instead of " + transaction.length(),
                    cause);
        }
    }

    private OptionalLong length(String name) throws StoreException {
        return store.list(name).stream()
                .filter(object -> object.name().equals(name))
                .mapToLong(ObjectInfo::bytes)
                .findAny();
    }

    private String problem(Transaction transaction) {
        return "cannot commit the rows of checkpoint " + transaction.checkpoint() + " to " + store.location() + ": ";
    }

    @Override
    public void close() {
        store.close();
    }
}
