package stream.weir.runtime.state.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.MalformedDataException;
import stream.weir.runtime.state.CorruptStateException;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.memory.TableFileFormat.Section;
import stream.weir.runtime.state.memory.TableFileFormat.Table;

/** Reads {@link TableFileFormat}. A section's checksum is verified before its first entry is shown. */
final class TableFileReader {
    private final String name;
    private final Content content;
    private final CRC32C crc = new CRC32C();

    /** Takes the entries of a section. */
    interface Entries {
        /** Entries of that pane follow; not called for ordered tables. */
        void pane(long pane);

        /** The slices are valid during the call. */
        void entry(Slice key, Slice value);
    }

    /** @param name for errors: which object, and whose */
    TableFileReader(String name, Content content) {
        this.name = name;
        this.content = content;
    }

    List<Table> index() throws IOException {
        if (content.length() < TableFileFormat.HEAD_BYTES + TableFileFormat.TRAILER_BYTES) {
            throw corrupt("it has " + content.length() + " bytes, too few for a table file");
        }
        long head = new ByteReader(bytes(0, TableFileFormat.HEAD_BYTES)).readLong();
        if (head != TableFileFormat.HEAD) {
            throw corrupt("it begins with " + Long.toHexString(head) + ", a table file of version 1 with "
                    + Long.toHexString(TableFileFormat.HEAD));
        }
        long trailerStart = content.length() - TableFileFormat.TRAILER_BYTES;
        ByteReader trailer = new ByteReader(bytes(trailerStart, TableFileFormat.TRAILER_BYTES));
        long offset = trailer.readLong();
        int length = trailer.readInt();
        int expected = trailer.readInt();
        int end = trailer.readInt();
        if (end != TableFileFormat.END || length < 0 || offset < 0 || offset + length != trailerStart) {
            throw corrupt("its trailer at byte " + trailerStart + " puts the index at byte " + offset + " with "
                    + length + " bytes, which does not end at the trailer");
        }
        byte[] index = bytes(offset, length);
        crc.reset();
        crc.update(index, 0, length);
        check("the index at byte " + offset, expected);
        try {
            return tables(new ByteReader(index), offset);
        } catch (MalformedDataException e) {
            throw new CorruptStateException(
                    "Cannot restore " + name + ": the index at byte " + offset + ": " + e.getMessage(), e);
        }
    }

    void read(Table table, Section section, Entries entries) throws IOException {
        verify(table, section);
        SectionInput in = new SectionInput(content, section);
        try {
            long left = section.entries();
            while (left > 0) {
                long count = left;
                if (table.kind() == TableKind.VALUE) {
                    entries.pane(in.readZigZagLong());
                    count = in.readVarLong();
                }
                if (count < 0 || count > left) {
                    throw new MalformedDataException(count + " entries are announced where " + left + " are left");
                }
                left -= count;
                in.readEntries(count, entries);
            }
            in.end();
        } catch (MalformedDataException e) {
            throw new CorruptStateException(
                    "Cannot restore " + name + ": " + where(table, section) + ": " + e.getMessage(), e);
        }
    }

    private void verify(Table table, Section section) throws IOException {
        crc.reset();
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(SectionInput.CHUNK, section.length()));
        for (long at = 0; at < section.length(); at += chunk.limit()) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), section.length() - at));
            content.read(section.offset() + at, chunk);
            crc.update(chunk.flip());
        }
        check(where(table, section), section.crc32c());
    }

    private List<Table> tables(ByteReader in, long end) {
        List<Table> tables = new ArrayList<>();
        int count = in.readVarInt();
        for (int i = 0; i < count; i++) {
            String table = in.readString();
            int kind = in.readByte();
            if (kind < 0 || kind >= TableKind.values().length) {
                throw new MalformedDataException("table " + table + " is of the unknown kind " + kind);
            }
            int size = in.readVarInt();
            List<Section> sections = new ArrayList<>();
            for (int j = 0; j < size; j++) {
                sections.add(section(table, in, end));
            }
            tables.add(new Table(table, TableKind.values()[kind], sections));
        }
        return tables;
    }

    private static Section section(String table, ByteReader in, long end) {
        Section section =
                new Section(in.readVarInt(), in.readVarLong(), in.readVarLong(), in.readVarLong(), in.readInt());
        if (section.offset() < TableFileFormat.HEAD_BYTES
                || section.length() < 0
                || section.offset() > end - section.length()) {
            throw new MalformedDataException("table " + table + " has a section of " + section.length()
                    + " bytes at byte " + section.offset() + ", outside of the file");
        }
        return section;
    }

    private byte[] bytes(long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        content.read(position, ByteBuffer.wrap(bytes));
        return bytes;
    }

    private void check(String what, int expected) throws CorruptStateException {
        int found = (int) crc.getValue();
        if (found != expected) {
            throw corrupt(String.format("%s: CRC32C is %08x, expected is %08x", what, found, expected));
        }
    }

    private static String where(Table table, Section section) {
        return "table " + table.name() + ", key group " + section.keyGroup() + " (" + section.length()
                + " bytes at byte " + section.offset() + ")";
    }

    private CorruptStateException corrupt(String what) {
        return new CorruptStateException("Cannot restore " + name + ": " + what);
    }
}
