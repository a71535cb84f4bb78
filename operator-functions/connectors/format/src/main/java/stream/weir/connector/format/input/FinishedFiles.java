package stream.weir.connector.format.input;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.MalformedDataException;
import stream.weir.api.source.SourceContext;

/**
 * What is known of files that were read long ago, in bounded form. Names are spread over a fixed number of slots, which replicas own,
 * so that what is known of a slot moves as a whole. Each slot has a mark, which only rises: {@code remember} before the newest
 * modification seen. A file below the mark of its slot that nothing else is known of counts as read; so a file that comes with a time
 * below the mark is late. It is told from those that were read because it was not there at the look before, or, after a restore,
 * because there are more files below the mark than were ever forgotten.
 */
final class FinishedFiles {
    /** More replicas than that would have no files to read. Part of snapshots. */
    private static final int SLOTS = 128;

    /** No file that is read has a name like that. */
    private static final String PREFIX = ".finished/";

    private static final int VERSION = 1;

    private final Slot[] slots;

    /** What a file is that is in no position. */
    enum Verdict {
        NEW,
        READ,
        LATE
    }

    private static final class Slot {
        private final boolean owned;
        private long mark = Long.MIN_VALUE;
        /** Files that were forgotten, or refused. */
        private long forgotten;
        /** Files below the mark that are there; empty until the first look after a restore. */
        private Optional<Set<String>> below = Optional.empty();

        Slot(boolean owned) {
            this.owned = owned;
        }
    }

    private FinishedFiles(Slot[] slots) {
        this.slots = slots;
    }

    static FinishedFiles restored(SourceContext context) {
        Slot[] slots = new Slot[SLOTS];
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Slot(context.owns(PREFIX + i));
            Bytes position = context.restored().get(PREFIX + i);
            if (position != null) {
                decode(slots[i], position);
            }
        }
        return new FinishedFiles(slots);
    }

    private static void decode(Slot slot, Bytes position) {
        ByteReader in = new ByteReader(position.toByteArray());
        int version = in.readByte();
        if (version != VERSION) {
            throw new MalformedDataException("what is known of finished files is of version " + version
                    + ", this reader knows " + VERSION + ": it was written by a newer Weir");
        }
        slot.mark = in.readVarLong();
        slot.forgotten = in.readVarLong();
    }

    /** Whether a split of a checkpoint is none of a file. */
    static boolean isSlot(String split) {
        return split.startsWith(PREFIX);
    }

    /** Whether this replica reads the file. */
    boolean owns(String name) {
        return slot(name).owned;
    }

    private Slot slot(String name) {
        CRC32C hash = new CRC32C();
        hash.update(name.getBytes(StandardCharsets.UTF_8));
        return slots[(int) (hash.getValue() % SLOTS)];
    }

    /** Judges a file that is owned and in no position. */
    Verdict judge(FoundFile file) {
        Slot slot = slot(file.name());
        if (file.modifiedMillis() >= slot.mark) {
            return Verdict.NEW;
        }
        return slot.below.isEmpty() || slot.below.get().contains(file.name()) ? Verdict.READ : Verdict.LATE;
    }

    /** A late file was reported: it is not again. */
    void refuse(FoundFile file) {
        slot(file.name()).forgotten++;
    }

    /**
     * Ends a look.
     *
     * @param read files that counted as read, or were refused
     * @return how many there are beyond those that were forgotten: they came while nobody looked
     */
    long looked(List<FoundFile> read) {
        long beyond = 0;
        Map<Slot, Set<String>> names = new HashMap<>();
        for (FoundFile file : read) {
            names.computeIfAbsent(slot(file.name()), slot -> new HashSet<>()).add(file.name());
        }
        for (Slot slot : slots) {
            Set<String> below = names.getOrDefault(slot, new HashSet<>());
            if (slot.below.isEmpty() && below.size() > slot.forgotten) {
                beyond += below.size() - slot.forgotten;
                slot.forgotten = below.size();
            }
            slot.below = Optional.of(below);
        }
        return beyond;
    }

    /**
     * Raises the marks and forgets files that are below.
     *
     * @param finished finished files that are known by name, with their times; those that are forgotten are removed
     * @return the names that were removed
     */
    List<String> raise(long mark, Map<String, Long> finished) {
        for (Slot slot : slots) {
            slot.mark = slot.owned ? Math.max(slot.mark, mark) : slot.mark;
        }
        List<String> removed = new ArrayList<>();
        finished.entrySet().removeIf(file -> {
            Slot slot = slot(file.getKey());
            boolean below = file.getValue() < slot.mark;
            if (below) {
                slot.forgotten++;
                slot.below.ifPresent(names -> names.add(file.getKey()));
                removed.add(file.getKey());
            }
            return below;
        });
        return removed;
    }

    /** The mark of a file's slot, in milliseconds. */
    long mark(FoundFile file) {
        return slot(file.name()).mark;
    }

    /** For a checkpoint. */
    Map<String, Bytes> positions() {
        Map<String, Bytes> positions = new TreeMap<>();
        for (int i = 0; i < SLOTS; i++) {
            if (slots[i].owned && slots[i].mark != Long.MIN_VALUE) {
                ByteWriter out = new ByteWriter();
                out.writeByte(VERSION);
                out.writeVarLong(slots[i].mark);
                out.writeVarLong(slots[i].forgotten);
                positions.put(PREFIX + i, Bytes.of(out.toByteArray()));
            }
        }
        return positions;
    }
}
