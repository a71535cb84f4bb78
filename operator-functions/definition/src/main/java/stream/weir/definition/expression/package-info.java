/**
 * Expressions over rows in CEL (the Common Expression Language, github.com/google/cel-spec), checked against the type of the rows
 * before anything runs. Common shapes are parsed, checked and run by classes of our own ({@code SimpleExpressions}, {@code
 * Operators}, {@code Nodes}); everything else, and all that is wrong, by CEL ({@code Cel*}), whose classes are loaded then.
 *
 * <p>A field is a variable of its name and may be null: {@code x == null} is allowed for every type, any other use of a null
 * fails. Integers have 64 bits and overflow is an error; int and double do not mix ({@code double(x)} converts); division of
 * doubles follows IEEE 754. Checked expressions are immutable and safe for use by any number of threads.
 */
@NullMarked
package stream.weir.definition.expression;

import org.jspecify.annotations.NullMarked;
