package stream.weir.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be encoded is refused when it is compiled: the element, the reason, what to do. */
class RefusalTest {
    record Case(String source, String... message) {
        @Override
        public String toString() {
            return source;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(of("int[] a"), "R.a of type int[] cannot be encoded", "only byte[]", "use a List"),
                new Case(
                        of("Object a"), "R.a of type java.lang.Object", "any value could be in it", "sealed interface"),
                new Case(of("Set<String> a"), "its order is not fixed", "use a List"),
                new Case(of("HashMap<String, String> a"), "declared by their interface", "use List, Map or Optional"),
                new Case(of("ArrayList<String> a"), "use List, Map or Optional"),
                new Case(of("Thread a"), "its hash may differ from process to process", "use a record with @Encoded"),
                new Case(of("ZonedDateTime a"), "use a record with @Encoded"),
                new Case(of("List a"), "the type of its elements is missing"),
                new Case(of("List<?> a"), "type parameters are not known"),
                new Case(of("List<? extends Number> a"), "type parameters are not known"),
                new Case(of("List<@Nullable String> a"), "elements cannot be null", "use Optional"),
                new Case(of("Map<byte[], String> a"), "equal arrays are not equal keys", "Bytes as the key"),
                new Case(
                        of("Map<String, Set<Long>> a"),
                        "R.a of type java.util.Set<java.lang.Long>",
                        "order is not fixed"),
                new Case(
                        of("Inner a") + " record Inner(int x) {}",
                        "Inner has no codec",
                        "annotate Inner with @Encoded"),
                new Case(
                        of("In a") + " sealed interface In { record X() implements In {} }",
                        "annotate In with @Encoded"),
                new Case(of("@Nullable Optional<String> a"), "empty where it is absent", "remove the annotation"),
                new Case(of("@Default(\"x\") int a"), "@Default(\"x\") is not a value of a", "as Java spells it"),
                new Case(of("@Default(\"300\") byte a"), "@Default(\"300\") is not a value of a"),
                new Case(of("@Default(\"yes\") boolean a"), "true and false"),
                new Case(of("@Default(\"C\") E a") + " enum E { A, B }", "the constants are [A, B]"),
                new Case(of("@Default(\"\") List<String> a"), "@Default cannot be used on a"),
                new Case("@Encoded public record R<T>(T a) {}", "R cannot be encoded: it has type parameters"),
                new Case("@Encoded public class R {}", "not known by its components", "make it a record"),
                new Case("@Encoded public interface R {}", "is not sealed", "make it sealed"),
                new Case(
                        "@Encoded public sealed interface R { final class V implements R {} }",
                        "its variant V is not a record"),
                new Case(
                        "@Encoded public sealed interface R { record V() implements R {} }",
                        "annotate V with @Encoded"),
                new Case("public class R { @Encoded private record V() {} }", "V cannot be encoded: it is private"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void when_it_cannot_be_encoded_then_a_compile_error_says_why_and_what_to_do(Case each) {
        assertThat(InMemoryCompiler.compile(each.source).errors())
                .first()
                .asString()
                .contains(each.message);
    }

    private static String of(String component) {
        return "@Encoded public record R(" + component + ") {}";
    }
}
