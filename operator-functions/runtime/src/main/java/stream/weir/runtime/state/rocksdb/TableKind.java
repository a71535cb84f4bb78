package stream.weir.runtime.state.rocksdb;

import java.nio.charset.StandardCharsets;

/** What a column family holds; its first letter is part of the family's name, so that a restore knows it. */
enum TableKind {
    VALUE('v'),
    ORDERED('o');

    private final char letter;

    TableKind(char letter) {
        this.letter = letter;
    }

    /** What the column family of that name holds. */
    static TableKind of(byte[] familyName) {
        return familyName[0] == VALUE.letter ? VALUE : ORDERED;
    }

    /** The table that a column family is of. */
    static String table(byte[] familyName) {
        return new String(familyName, 2, familyName.length - 2, StandardCharsets.UTF_8);
    }

    byte[] familyName(String table) {
        return (letter + ":" + table).getBytes(StandardCharsets.UTF_8);
    }
}
