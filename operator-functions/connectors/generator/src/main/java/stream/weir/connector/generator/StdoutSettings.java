package stream.weir.connector.generator;

import stream.weir.connector.format.RowPrinter;

/**
 * What is printed, and when.
 *
 * @param mostHeld bytes of rows that may wait for their checkpoint, in each replica
 */
record StdoutSettings(RowPrinter printer, Moment moment, long mostHeld) {
    /** When a row is printed. */
    enum Moment {
        /** When the checkpoint that covers it is complete. */
        COMMITTED,
        /** When it arrives; again after a roll-back. */
        AT_ONCE
    }

    static final long DEFAULT_HELD = 64L << 20;
}
