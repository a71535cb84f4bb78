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

    byte[] familyName(String table) {
        return (letter + ":" + table).getBytes(StandardCharsets.UTF_8);
    }
}
