package stream.weir.protocol.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {
    @Test
    void when_an_address_is_read_then_it_is_written_as_it_was() {
        assertThat(Address.parse("orders-0.orders:7000")).isEqualTo(new Address("orders-0.orders", 7000));
        assertThat(Address.parse("[::1]:7000"))
                .isEqualTo(new Address("::1", 7000))
                .hasToString("[::1]:7000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", ":7000", "host:", "host:x", "host:-1", "host:65536"})
    void when_a_text_is_no_address_then_the_error_shows_it(String text) {
        assertThatThrownBy(() -> Address.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text.substring(0, Math.max(0, text.indexOf(':'))));
    }
}
