package stream.weir.runtime.state.memory;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import stream.weir.api.codec.ByteWriter;
import stream.weir.protocol.checkpoint.StateSize;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.memory.TableFileFormat.Section;
import stream.weir.runtime.state.memory.TableFileFormat.Table;

/** Writes {@link TableFileFormat}. Tables come one after the other, and so do the key groups of a table. */
final class TableFileWriter {
    private static final int DRAIN = 64 * 1024;

    private final OutputStream target;
    private final ByteWriter buffer = new ByteWriter(DRAIN + DRAIN / 4);
    private final CRC32C crc = new CRC32C();
    private final List<Table> tables = new ArrayList<>();

    /** Bytes given to the target. */
    private long drained;

    /** Where in the buffer the bytes begin that the checksum does not have yet. */
    private int unchecked;

    private long sectionStart;
    private long sectionEntries;

    TableFileWriter(OutputStream target) {
        this.target = target;
    }

    void begin() {
        buffer.writeLong(TableFileFormat.HEAD);
    }

    void beginTable(String name, TableKind kind) {
        tables.add(new Table(name, kind, new ArrayList<>()));
    }

    void beginSection() {
        sectionStart = position();
        sectionEntries = 0;
        unchecked = buffer.size();
        crc.reset();
    }

    void pane(long pane, int entries) {
        buffer.writeZigZagLong(pane);
        buffer.writeVarInt(entries);
    }

    boolean entry(Slice key, Slice value) {
        buffer.writeLengthPrefixed(key.array(), key.offset(), key.length());
        buffer.writeLengthPrefixed(value.array(), value.offset(), value.length());
        sectionEntries++;
        if (buffer.size() > DRAIN) {
            drain();
        }
        return true;
    }

    void endSection(int keyGroup) {
        long length = position() - sectionStart;
        tables.getLast().sections().add(new Section(keyGroup, sectionStart, length, sectionEntries, checksum()));
    }

    /** @return bytes written */
    long end() {
        unchecked = buffer.size();
        crc.reset();
        long start = position();
        buffer.writeVarInt(tables.size());
        tables.forEach(this::index);
        int length = Math.toIntExact(position() - start);
        int checksum = checksum();
        buffer.writeLong(start);
        buffer.writeInt(length);
        buffer.writeInt(checksum);
        buffer.writeInt(TableFileFormat.END);
        drain();
        return drained;
    }

    /** How much each table takes, without the index. */
    List<StateSize> sizes() {
        return tables.stream()
                .map(table -> new StateSize(
                        table.name(),
                        table.sections().stream().mapToLong(Section::length).sum(),
                        false))
                .toList();
    }

    private void index(Table table) {
        buffer.writeString(table.name());
        buffer.writeByte(table.kind().ordinal());
        buffer.writeVarInt(table.sections().size());
        for (Section section : table.sections()) {
            buffer.writeVarInt(section.keyGroup());
            buffer.writeVarLong(section.offset());
            buffer.writeVarLong(section.length());
            buffer.writeVarLong(section.entries());
            buffer.writeInt(section.crc32c());
        }
    }

    private long position() {
        return drained + buffer.size();
    }

    private int checksum() {
        crc.update(buffer.buffer(), unchecked, buffer.size() - unchecked);
        unchecked = buffer.size();
        return (int) crc.getValue();
    }

    private void drain() {
        checksum();
        try {
            target.write(buffer.buffer(), 0, buffer.size());
        } catch (IOException e) {
            // Entries are visited by methods that throw nothing checked; TableImage unwraps it.
            throw new UncheckedIOException(e);
        }
        drained += buffer.size();
        unchecked = 0;
        buffer.reset();
    }
}
