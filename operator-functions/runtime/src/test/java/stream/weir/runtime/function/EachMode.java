package stream.weir.runtime.function;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A test that takes a {@link ChainHarness.Mode} and runs with each of {@link ChainHarness.Mode#PURE}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@FieldSource("stream.weir.runtime.function.ChainHarness$Mode#PURE")
@interface EachMode {}
