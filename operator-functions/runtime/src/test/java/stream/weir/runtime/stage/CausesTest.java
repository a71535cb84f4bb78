package stream.weir.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CausesTest {
    @Test
    void when_causes_say_something_else_then_all_of_them_are_told() {
        assertThat(Causes.describe(new IllegalStateException("cannot write", new IOException("disk full"))))
                .isEqualTo("java.lang.IllegalStateException: cannot write; caused by java.io.IOException: disk full");
    }

    @Test
    void when_a_message_has_that_of_its_cause_then_it_is_told_once() {
        assertThat(Causes.describe(new IllegalStateException("cannot write: disk full", new IOException("disk full"))))
                .isEqualTo("java.lang.IllegalStateException: cannot write: disk full");
    }

    @Test
    void when_a_cause_says_nothing_then_its_name_is_told() {
        assertThat(Causes.describe(new IllegalStateException("cannot write", new IOException())))
                .isEqualTo("java.lang.IllegalStateException: cannot write; caused by java.io.IOException");
    }
}
