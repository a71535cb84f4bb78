package stream.weir.verification.simulation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;

/** The store as one process sees it: calls fail, take effect without saying so, or are the last thing the process does. */
final class FaultyStore implements ObjectStore {
    private final ObjectStore store;
    private final Faults faults;
    private final Chance chance;
    private final Caller caller;

    /** Who calls: decides on what goes wrong. */
    enum Caller {
        COORDINATOR,
        REPLICA
    }

    FaultyStore(ObjectStore store, Faults faults, Chance chance, Caller caller) {
        this.store = store;
        this.faults = faults;
        this.chance = chance;
        this.caller = caller;
    }

    private interface Call<T> {
        T make() throws StoreException;
    }

    @Override
    public Created create(String name, byte[] content) throws StoreException {
        return writing("create " + name, () -> store.create(name, content));
    }

    @Override
    public void upload(String name, Path file) throws StoreException {
        writing("upload " + name, () -> {
            store.upload(name, file);
            return Optional.empty();
        });
    }

    @Override
    public void upload(String name, byte[] content) throws StoreException {
        writing("upload " + name, () -> {
            store.upload(name, content);
            return Optional.empty();
        });
    }

    @Override
    public void copy(String from, String to) throws StoreException {
        writing("copy " + from + " to " + to, () -> {
            store.copy(from, to);
            return Optional.empty();
        });
    }

    @Override
    public Optional<Versioned> readVersioned(String name, int maxBytes) throws StoreException {
        return reading("read " + name, () -> store.readVersioned(name, maxBytes));
    }

    @Override
    public Optional<String> replace(String name, String version, byte[] content) throws StoreException {
        return writing("replace " + name, () -> store.replace(name, version, content));
    }

    @Override
    public Optional<byte[]> read(String name, int maxBytes) throws StoreException {
        return reading("read " + name, () -> store.read(name, maxBytes));
    }

    @Override
    public InputStream open(String name) throws StoreException {
        InputStream content = reading("open " + name, () -> store.open(name));
        return faults.strikes(Fault.FILE_CORRUPTED) ? corrupted(name, content) : content;
    }

    @Override
    public List<ObjectInfo> list(String prefix) throws StoreException {
        return reading("list " + prefix, () -> store.list(prefix));
    }

    @Override
    public void delete(List<String> names) throws StoreException {
        int done = chance.between(0, names.size());
        try {
            writing("delete " + names.size(), () -> {
                store.delete(names);
                return Optional.empty();
            });
        } catch (StoreException e) {
            if (e.outcomeUnknown()) {
                store.delete(names.subList(0, done));
            }
            throw e;
        }
    }

    @Override
    public String location() {
        return store.location();
    }

    private InputStream corrupted(String name, InputStream content) throws StoreException {
        try (content) {
            byte[] bytes = content.readAllBytes();
            chance.flipBit(bytes);
            return new ByteArrayInputStream(bytes);
        } catch (IOException e) {
            throw new StoreException("cannot read " + name, Outcome.NOT_APPLIED, e);
        }
    }

    private <T> T reading(String what, Call<T> call) throws StoreException {
        refuse(what);
        return call.make();
    }

    private <T> T writing(String what, Call<T> call) throws StoreException {
        refuse(what);
        if (faults.strikes(Fault.STORE_LOST_AND_UNKNOWN)) {
            throw new StoreException("timeout: " + what, Outcome.UNKNOWN);
        }
        T answer = call.make();
        if (caller == Caller.COORDINATOR && faults.strikes(Fault.COORDINATOR_KILLED_IN_CALL)) {
            throw new ProcessKilled("after " + what);
        }
        if (faults.strikes(Fault.STORE_APPLIED_BUT_UNKNOWN)) {
            throw new StoreException("timeout, but it was done: " + what, Outcome.UNKNOWN);
        }
        return answer;
    }

    private void refuse(String what) throws StoreException {
        Fault fault = caller == Caller.COORDINATOR ? Fault.STORE_REFUSED : Fault.TRANSFER_FAILED;
        if (faults.strikes(fault)) {
            throw new StoreException("503: " + what, Outcome.NOT_APPLIED);
        }
    }
}
