package stream.weir.runtime.state.memory;

import java.util.List;

/**
 * Tables as bytes, version 1. Whoever needs some key groups only reads the index and their sections.
 *
 * <pre>
 * head      "WEIRTBL", version (1 byte)
 * sections  one for each table and key group
 *             value table     for each pane: pane (zigzag), entries (varint), that many entries
 *             ordered table   entries in order
 *             entry           key length (varint), key, value length (varint), value
 * index     tables (varint); each: name, kind (1 byte), sections (varint);
 *             each: key group (varint), offset (varint), length (varint), entries (varint), CRC32C (4 bytes)
 * trailer   offset of the index (8 bytes), its length (4), its CRC32C (4), "WTBL" (4)
 * </pre>
 */
final class TableFileFormat {
    /** "WEIRTBL" and the version. */
    static final long HEAD = 0x57_45_49_52_54_42_4C_01L;

    static final int HEAD_BYTES = 8;
    static final int END = 0x57_54_42_4C;
    static final int TRAILER_BYTES = 20;

    private TableFileFormat() {}

    record Table(String name, TableKind kind, List<Section> sections) {}

    /** @param offset of its first byte in the file */
    record Section(int keyGroup, long offset, long length, long entries, int crc32c) {}
}
