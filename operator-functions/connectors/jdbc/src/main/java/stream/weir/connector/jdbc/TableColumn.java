package stream.weir.connector.jdbc;

/**
 * A column as the database describes it.
 *
 * @param type its name in the catalog, that below a domain
 * @param spelled as in a definition, for people
 * @param modifier length or precision and scale, as the catalog has it; -1 for none
 */
record TableColumn(String name, String type, String spelled, int modifier, Nulls nulls, Writes writes) {
    private static final int HEADER = 4;
    private static final int LOW = 0xFFFF;
    private static final int SCALE = 0x7FF;
    private static final int SCALE_SIGN = 0x400;

    enum Nulls {
        ALLOWED,
        REFUSED
    }

    enum Writes {
        NEEDED,
        OPTIONAL,
        REFUSED
    }

    /** Most characters, or digits of a number; -1 for no limit. */
    int limit() {
        if (modifier < HEADER) {
            return -1;
        }
        return type.equals("numeric") ? (modifier - HEADER) >> 16 & LOW : modifier - HEADER;
    }

    /** Of a number with a limit; may be negative. */
    int scale() {
        return (((modifier - HEADER) & SCALE) ^ SCALE_SIGN) - SCALE_SIGN;
    }
}
