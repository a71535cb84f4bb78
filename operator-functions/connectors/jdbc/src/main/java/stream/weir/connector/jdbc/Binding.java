package stream.weir.connector.jdbc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.connector.format.JsonLinesPrinter;

/** How one field of the rows gets into its column, and which of its values cannot. */
record Binding(TableColumn column, ColumnType type, Nulls nulls) {
    private static final Instant EARLIEST = Instant.parse("-4712-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("+294275-12-31T23:59:59Z");

    enum Nulls {
        ALLOWED,
        /** A null never equals another one, so a row could not be found again. */
        KEY,
        NOT_NULL
    }

    /** Why the database would refuse a value, which is better known before the row is part of a checkpoint. */
    Optional<String> problem(@Nullable Object value) {
        if (value == null) {
            return switch (nulls) {
                case ALLOWED -> Optional.empty();
                case KEY -> Optional.of("is null, but is part of the key");
                case NOT_NULL -> Optional.of("is null, but the column is NOT NULL");
            };
        }
        return switch (type) {
            case TEXT -> text((String) value);
            case UUID -> uuid((String) value);
            case SMALLINT -> range((Long) value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> range((Long) value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case NUMERIC -> numeric(value);
            case TIMESTAMPTZ, TIMESTAMP -> time((Instant) value);
            case JSON ->
                hasZero(value)
                        ? Optional.of("holds the character 0, which JSON of the database cannot")
                        : Optional.empty();
            case BIGINT, DOUBLE, BOOLEAN, BYTEA -> Optional.empty();
        };
    }

    private Optional<String> text(String value) {
        if (hasZero(value)) {
            return Optional.of("holds the character 0, which text of the database cannot");
        }
        int length = value.codePointCount(0, value.length());
        return column.limit() >= 0 && length > column.limit()
                ? Optional.of("has " + length + " characters, the column is " + column.spelled())
                : Optional.empty();
    }

    private Optional<String> uuid(String value) {
        try {
            var unused = UUID.fromString(value);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("is \"" + value + "\", which is no UUID");
        }
    }

    private Optional<String> range(long value, long least, long greatest) {
        return value < least || value > greatest
                ? Optional.of("is " + value + ", the column is " + column.spelled())
                : Optional.empty();
    }

    private Optional<String> numeric(Object value) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            return Optional.of("is " + number + ", the column is " + column.spelled());
        }
        if (column.limit() < 0) {
            return Optional.empty();
        }
        BigDecimal rounded = decimal(value).setScale(column.scale(), RoundingMode.HALF_UP);
        return rounded.signum() != 0 && rounded.precision() > column.limit()
                ? Optional.of("is " + value + ", the column is " + column.spelled())
                : Optional.empty();
    }

    private static Optional<String> time(Instant value) {
        return value.isBefore(EARLIEST) || value.isAfter(LATEST)
                ? Optional.of("is " + value + ", which is beyond what the database can hold")
                : Optional.empty();
    }

    private static boolean hasZero(@Nullable Object value) {
        return switch (value) {
            case String text -> text.indexOf('\0') >= 0;
            case Collection<?> list -> list.stream().anyMatch(Binding::hasZero);
            case Map<?, ?> map ->
                map.entrySet().stream().anyMatch(each -> hasZero(each.getKey()) || hasZero(each.getValue()));
            case Row row -> {
                for (int i = 0; i < row.type().size(); i++) {
                    if (hasZero(row.get(i))) {
                        yield true;
                    }
                }
                yield false;
            }
            case null, default -> false;
        };
    }

    private static BigDecimal decimal(Object value) {
        return value instanceof Double number ? BigDecimal.valueOf(number) : BigDecimal.valueOf((Long) value);
    }

    /** @param index of the parameter, from 1 */
    void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, sqlType());
            return;
        }
        switch (type) {
            // Of no type: the column decides, as with a literal.
            case TEXT, UUID -> statement.setObject(index, value, Types.OTHER);
            case JSON -> statement.setObject(index, json(value), Types.OTHER);
            case SMALLINT, INTEGER, BIGINT -> statement.setLong(index, (Long) value);
            case DOUBLE -> statement.setDouble(index, (Double) value);
            case NUMERIC -> statement.setBigDecimal(index, decimal(value));
            case BOOLEAN -> statement.setBoolean(index, (Boolean) value);
            case TIMESTAMPTZ -> statement.setObject(index, ((Instant) value).atOffset(ZoneOffset.UTC));
            case TIMESTAMP -> statement.setObject(index, LocalDateTime.ofInstant((Instant) value, ZoneOffset.UTC));
            case BYTEA -> statement.setBytes(index, ((Bytes) value).toByteArray());
        }
    }

    /** The same as that of values: a statement whose parameters change their types is planned anew. */
    private int sqlType() {
        return switch (type) {
            case TEXT, UUID, JSON -> Types.OTHER;
            case SMALLINT, INTEGER, BIGINT -> Types.BIGINT;
            case DOUBLE -> Types.DOUBLE;
            case NUMERIC -> Types.NUMERIC;
            case BOOLEAN -> Types.BOOLEAN;
            case TIMESTAMPTZ -> Types.TIMESTAMP_WITH_TIMEZONE;
            case TIMESTAMP -> Types.TIMESTAMP;
            case BYTEA -> Types.BINARY;
        };
    }

    private static String json(Object value) {
        ByteWriter out = new ByteWriter();
        JsonLinesPrinter.value(value, out);
        return new String(out.buffer(), 0, out.size(), StandardCharsets.UTF_8);
    }
}
