package stream.weir.network.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import stream.weir.protocol.control.Address;

class CoordinatorAddressesTest {
    private final Map<String, List<String>> names = new HashMap<>();
    private final CoordinatorAddresses addresses = new CoordinatorAddresses(
            List.of(new Address("coordinator", 7071), new Address("10.0.0.9", 7072)), Runnable::run, host -> {
                if (!names.containsKey(host)) {
                    throw new UnknownHostException(host);
                }
                return names.getOrDefault(host, List.of());
            });

    @Test
    void when_a_name_has_several_addresses_then_it_stands_for_all_of_them() {
        // given
        names.put("coordinator", List.of("10.0.0.1", "10.0.0.2"));
        names.put("10.0.0.9", List.of("10.0.0.9"));
        // then
        assertThat(found()).containsExactly("10.0.0.1:7071", "10.0.0.2:7071", "10.0.0.9:7072");
    }

    @Test
    void when_asked_again_then_names_are_looked_up_anew() {
        // given
        names.put("coordinator", List.of("10.0.0.1"));
        names.put("10.0.0.9", List.of("10.0.0.9"));
        found();
        // when
        names.put("coordinator", List.of("10.0.0.7"));
        // then
        assertThat(found()).containsExactly("10.0.0.7:7071", "10.0.0.9:7072");
    }

    @Test
    void when_a_name_is_not_known_then_it_is_kept_so_that_dialling_it_says_why_not() {
        assertThat(found()).containsExactly("coordinator:7071", "10.0.0.9:7072");
    }

    private List<String> found() {
        return addresses.get().toCompletableFuture().join().stream()
                .map(Address::toString)
                .toList();
    }
}
