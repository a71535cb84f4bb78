package stream.weir.api.codec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a codec to be generated when the type is compiled: {@code TradeCodec.INSTANCE} for a record {@code Trade}, {@code
 * Book_TradeCodec.INSTANCE} for one that is nested in a class {@code Book}, in the same package. {@link Codecs#of(Class)} finds it
 * too.
 *
 * <p>On a record, a sealed interface of records, or an enum. Components may be primitives and their boxes, {@code String},
 * {@code byte[]}, {@link Bytes}, {@code Instant}, {@code LocalDate}, {@code LocalTime}, {@code LocalDateTime}, {@code Duration},
 * {@code UUID}, {@code BigDecimal}, enums, {@code List}, {@code Map}, {@code Optional}, and other types with this annotation, also
 * in circles. The names of the components are part of the schema; {@link Schema} says how they may change.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Encoded {}
