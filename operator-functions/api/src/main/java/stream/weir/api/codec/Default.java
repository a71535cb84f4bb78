package stream.weir.api.codec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a component of an {@link Encoded} record is where bytes were written before it existed: for primitives and their boxes,
 * {@code String} and enums. {@code Optional}, {@code List}, {@code Map} and nullable components need none: they are empty, or null.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    /** The value as Java spells it: {@code "0"}, {@code "true"}, {@code "EUR"}, the name of a constant. */
    String value();
}
