package stream.weir.runtime.state.memory;

/** What a table is; its ordinal is written. */
enum TableKind {
    VALUE,
    ORDERED
}
