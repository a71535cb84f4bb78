package stream.weir.coordinator.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stream.weir.coordinator.checkpoint.Branches;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.checkpoint.JournalRecord;
import stream.weir.coordinator.checkpoint.RunRecord;
import stream.weir.coordinator.checkpoint.StoreResult;
import stream.weir.coordinator.store.LeadershipJson.Completed;
import stream.weir.coordinator.store.LeadershipJson.Owner;
import stream.weir.coordinator.store.LeadershipJson.Term;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.store.ObjectStore;
import stream.weir.store.ObjectStore.ObjectInfo;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;

/**
 * The coordinator's part of a pipeline's folder:
 *
 * <pre>
 *   owner.json                    terms/0000000012.json      runs/0000000007.json
 *   checkpoints/0000000042.json   completed/0000000001.json  (the branch that began with run 1 has had a complete checkpoint)
 * </pre>
 *
 * Everything is created once and never changed. Whether an unclear attempt took effect is found out by reading back.
 */
public final class CheckpointStore {
    /** A document above this is refused: the manifest of 10,000 replicas with ten files each fits in. */
    public static final int MAX_DOCUMENT_BYTES = 32 << 20;

    private static final String TERMS = "terms/";
    private static final String RUNS = "runs/";
    private static final String CHECKPOINTS = "checkpoints/";
    private static final String COMPLETED = "completed/";
    private static final String OWNER = "owner.json";
    private static final Pattern NUMBERED = Pattern.compile("[a-z]+/(\\d{10,18})\\.json");

    private final ObjectStore objects;
    private final String pipeline;
    private final String home;
    private final Map<Long, RunRecord> knownRuns = new ConcurrentHashMap<>();
    private final Map<Long, Boolean> completedRoots = new ConcurrentHashMap<>();

    private CheckpointStore(ObjectStore objects, String pipeline, String home) {
        this.objects = objects;
        this.pipeline = pipeline;
        this.home = home;
    }

    /** @param objects the pipeline's own folder */
    public static CheckpointStore of(ObjectStore objects, String pipeline) {
        return of(objects, pipeline, "");
    }

    /**
     * @param objects the pipeline's own folder
     * @param home tells pipelines of one name apart, as their namespaces do; empty where there is nothing that could
     */
    public static CheckpointStore of(ObjectStore objects, String pipeline, String home) {
        return new CheckpointStore(objects, pipeline, home);
    }

    public String pipeline() {
        return pipeline;
    }

    /** The pipeline's own folder. */
    public ObjectStore objects() {
        return objects;
    }

    /** For errors: where the object is. */
    public String locationOf(String name) {
        return objects.location() + "/" + name;
    }

    public static String checkpointName(long checkpoint) {
        return numbered(CHECKPOINTS, checkpoint);
    }

    static String runName(long run) {
        return numbered(RUNS, run);
    }

    private static String numbered(String folder, long number) {
        return folder + "%010d".formatted(number) + ".json";
    }

    /** Ids that have an entry, ascending. */
    public List<Long> checkpoints() throws StoreException, InvalidDocumentException {
        return numbers(CHECKPOINTS);
    }

    /**
     * @throws InvalidDocumentException naming the object and what is wrong with it
     */
    public Optional<Entry> checkpoint(long checkpoint) throws StoreException, InvalidDocumentException {
        String name = checkpointName(checkpoint);
        Optional<byte[]> content = read(name);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        Entry entry = ManifestJson.read(locationOf(name), content.get());
        String owner = entry instanceof Entry.Complete complete
                ? complete.manifest().pipeline()
                : ((Entry.Aborted) entry).pipeline();
        if (entry.checkpoint() != checkpoint || !owner.equals(pipeline)) {
            throw new InvalidDocumentException(locationOf(name) + " is checkpoint " + entry.checkpoint() + " of "
                    + owner + ", where checkpoint " + checkpoint + " of " + pipeline + " has to be");
        }
        return Optional.of(entry);
    }

    /** Fills an id. A complete entry also marks its branch, so that it never starts empty again. */
    public StoreResult putCheckpoint(Entry entry) {
        StoreResult result = create(checkpointName(entry.checkpoint()), ManifestJson.write(entry));
        if (!(result instanceof StoreResult.Durable) || !(entry instanceof Entry.Complete complete)) {
            return result;
        }
        try {
            return markCompleted(complete.manifest().run());
        } catch (StoreException | InvalidDocumentException e) {
            // The manifest is there: this is asked again until the mark is there as well.
            return new StoreResult.Unknown(describe(e));
        }
    }

    private StoreResult markCompleted(long run) throws StoreException, InvalidDocumentException {
        return markBranch(run(run).root());
    }

    StoreResult markBranch(long root) {
        if (completedRoots.containsKey(root)) {
            return new StoreResult.Durable();
        }
        Completed mark = new Completed(pipeline, root);
        StoreResult result = create(numbered(COMPLETED, root), LeadershipJson.write(mark));
        if (result instanceof StoreResult.Durable) {
            completedRoots.put(root, true);
            return result;
        }
        return new StoreResult.Unknown("the mark of branch " + root + ": " + result);
    }

    boolean hasCompleted(long root) throws StoreException {
        return read(numbered(COMPLETED, root)).isPresent();
    }

    /** Whether no checkpoint has ever been complete here, of any branch: there is nothing to go on from. */
    public boolean isFirstStart() throws StoreException {
        return objects.list(COMPLETED).isEmpty();
    }

    /** Writes a line of the journal of runs. */
    public StoreResult putJournal(JournalRecord record) {
        StoreResult result = create(runName(record.sequence()), LeadershipJson.write(record));
        if (result instanceof StoreResult.Durable && record instanceof RunRecord run) {
            knownRuns.put(run.run(), run);
        }
        return result;
    }

    /** Notes that somebody has asked the job to end. */
    public StoreResult putEnd(AskedEnd end, long run) {
        return create(numbered(end.folder(), run), LeadershipJson.write(new LeadershipJson.Stop(pipeline, run)));
    }

    /** What somebody has asked for and has not come about; a stop before anything else. */
    Optional<AskedEnd> endAsked() throws StoreException {
        for (AskedEnd end : AskedEnd.values()) {
            if (!objects.list(end.folder()).isEmpty()) {
                return Optional.of(end);
            }
        }
        return Optional.empty();
    }

    /** They have come about, or count no more: the next start goes on. */
    public StoreResult forgetEnds(Set<AskedEnd> ends) {
        try {
            for (AskedEnd end : ends) {
                objects.delete(objects.list(end.folder()).stream()
                        .map(ObjectInfo::name)
                        .toList());
            }
            return new StoreResult.Durable();
        } catch (StoreException e) {
            // The next start stops at once, and tries again.
            return new StoreResult.Unknown(describe(e));
        }
    }

    /** The newest line of the journal of runs; empty where there is none. */
    Optional<JournalRecord> newestJournal() throws StoreException, InvalidDocumentException {
        List<Long> lines = numbers(RUNS);
        return lines.isEmpty() ? Optional.empty() : Optional.of(journal(lines.getLast()));
    }

    /** The run that began or was gone on with last, 0 where there is none. */
    public long newestRun() throws StoreException, InvalidDocumentException {
        return newestJournal().map(JournalRecord::presentRun).orElse(0L);
    }

    /**
     * @throws InvalidDocumentException also when it is not there
     */
    public RunRecord run(long run) throws StoreException, InvalidDocumentException {
        RunRecord known = knownRuns.get(run);
        if (known != null) {
            return known;
        }
        if (journal(run) instanceof RunRecord record) {
            knownRuns.put(run, record);
            return record;
        }
        throw new InvalidDocumentException(
                locationOf(runName(run)) + " says that a run was gone on with, where run " + run + " has to begin");
    }

    JournalRecord journal(long sequence) throws StoreException, InvalidDocumentException {
        String name = runName(sequence);
        byte[] content = read(name)
                .orElseThrow(() -> new InvalidDocumentException(locationOf(name)
                        + " is missing: without it nobody can tell which checkpoints belong together"));
        JournalRecord record = LeadershipJson.journal(locationOf(name), content);
        if (record.sequence() != sequence || !record.pipeline().equals(pipeline)) {
            throw new InvalidDocumentException(locationOf(name) + " is run " + record.sequence() + " of "
                    + record.pipeline() + ", where run " + sequence + " of " + pipeline + " has to be");
        }
        return record;
    }

    /** The branch that ends in a run, with the runs it needs and no others. */
    public List<Branches.Segment> branchOf(long run) throws StoreException, InvalidDocumentException {
        Map<Long, RunRecord> needed = new HashMap<>();
        RunRecord record = run(run);
        needed.put(run, record);
        while (record.from() != 0) {
            record = run(record.parent());
            if (needed.put(record.run(), record) != null) {
                throw new InvalidDocumentException(
                        locationOf(runName(record.run())) + " is its own ancestor, through run " + run);
            }
        }
        return new Branches(needed).branchOf(run);
    }

    /** The newest complete checkpoint of a branch. */
    Optional<Manifest> newestOf(List<Branches.Segment> branch) throws StoreException, InvalidDocumentException {
        for (long id : checkpoints().reversed()) {
            boolean mayBelong = branch.stream().anyMatch(segment -> segment.holds(id));
            if (mayBelong
                    && checkpoint(id).orElse(null) instanceof Entry.Complete(Manifest manifest)
                    && Branches.holds(branch, id, manifest.run())) {
                return Optional.of(manifest);
            }
        }
        return Optional.empty();
    }

    /** @return who else owns the folder, for people; empty when it is this pipeline */
    Optional<String> otherOwner() throws StoreException, InvalidDocumentException {
        Owner owner = claim();
        if (!owner.pipeline().equals(pipeline)) {
            return Optional.of(owner.pipeline());
        }
        boolean same = home.isEmpty() || owner.home().isEmpty() || owner.home().equals(home);
        return same
                ? Optional.empty()
                : Optional.of(owner.home() + "/" + pipeline + " (this is " + home + "/" + pipeline + ")");
    }

    private Owner claim() throws StoreException, InvalidDocumentException {
        Owner own = new Owner(pipeline, home);
        StoreResult result = create(OWNER, LeadershipJson.write(own));
        return switch (result) {
            case StoreResult.Durable durable -> own;
            case StoreResult.Foreign foreign -> {
                byte[] content = read(OWNER)
                        .orElseThrow(() -> new InvalidDocumentException(locationOf(OWNER) + " was there and is gone"));
                yield LeadershipJson.owner(locationOf(OWNER), content);
            }
            default -> throw unclear(OWNER, result);
        };
    }

    /** Opens the next term; nobody else has or gets the same. */
    long openTerm(String nonce, long nowMillis) throws StoreException, InvalidDocumentException {
        long term = newestTerm();
        while (true) {
            term++;
            String name = numbered(TERMS, term);
            StoreResult result = create(name, LeadershipJson.write(new Term(pipeline, term, nonce, nowMillis)));
            switch (result) {
                case StoreResult.Durable durable -> {
                    return term;
                }
                case StoreResult.Foreign foreign -> {}
                default -> throw unclear(name, result);
            }
        }
    }

    long newestTerm() throws StoreException, InvalidDocumentException {
        return last(numbers(TERMS));
    }

    private static StoreException unclear(String name, StoreResult result) {
        return new StoreException("Cannot create " + name + ": " + result, Outcome.UNKNOWN);
    }

    /** Creates an object, and finds out what became of it when the answer leaves that open. */
    StoreResult create(String name, byte[] content) {
        if (content.length > MAX_DOCUMENT_BYTES) {
            return new StoreResult.TooLarge(
                    locationOf(name) + " would have " + content.length + " bytes, allowed are " + MAX_DOCUMENT_BYTES);
        }
        try {
            return switch (objects.create(name, content)) {
                case CREATED -> new StoreResult.Durable();
                case EXISTS -> compare(name, content, "it exists, but cannot be read");
            };
        } catch (StoreException e) {
            return e.outcomeUnknown() ? compare(name, content, describe(e)) : new StoreResult.NotApplied(describe(e));
        }
    }

    private StoreResult compare(String name, byte[] content, String error) {
        try {
            Optional<byte[]> found = objects.read(name, MAX_DOCUMENT_BYTES);
            if (found.isEmpty()) {
                return new StoreResult.Unknown(error);
            }
            return Arrays.equals(found.get(), content)
                    ? new StoreResult.Durable()
                    : new StoreResult.Foreign(
                            locationOf(name) + " has " + found.get().length + " bytes of other content");
        } catch (StoreException e) {
            return new StoreResult.Unknown(error + "; and reading it back failed: " + describe(e));
        }
    }

    static String describe(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    boolean has(String name) throws StoreException {
        return read(name).isPresent();
    }

    private Optional<byte[]> read(String name) throws StoreException {
        return objects.read(name, MAX_DOCUMENT_BYTES);
    }

    private static long last(List<Long> numbers) {
        return numbers.isEmpty() ? 0 : numbers.getLast();
    }

    private List<Long> numbers(String folder) throws StoreException, InvalidDocumentException {
        return numbers(objects.list(folder));
    }

    private List<Long> numbers(Collection<ObjectInfo> listed) throws InvalidDocumentException {
        List<Long> numbers = new ArrayList<>();
        for (ObjectInfo object : listed) {
            numbers.add(idOf(object.name()));
        }
        numbers.sort(null);
        return List.copyOf(numbers);
    }

    /** The number in an object's name. */
    long idOf(String name) throws InvalidDocumentException {
        Matcher matcher = NUMBERED.matcher(name);
        if (!matcher.matches()) {
            throw new InvalidDocumentException(
                    locationOf(name) + " does not belong there: move it away, its name is not a number");
        }
        return Long.parseLong(matcher.group(1));
    }
}
