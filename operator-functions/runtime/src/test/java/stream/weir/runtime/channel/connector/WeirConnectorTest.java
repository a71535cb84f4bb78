package stream.weir.runtime.channel.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.protocol.frame.Link;

final class WeirConnectorTest {
    private static final Link LINK = new Link("flights", 0, "late", "strays", 1);
    private static final Map<String, String> INCOMING = Map.of(
            "channel-name", "in",
            "pipeline", "p",
            "stage", "strays",
            "replica", "1",
            "from", "flights",
            "output", "late");

    private final WeirConnector connector = new WeirConnector(MemoryTransport.connecting("p", List.of(LINK)));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    replica   | -1   | channel in: attribute replica is -1: replicas are numbered from 0
                    replica   | one  | channel in: attribute replica is one: it is a whole number
                    pipeline  | q    | channel in: attribute pipeline is q: this process runs pipeline p
                    stage     |      | channel in: attribute stage is missing: every channel of connector weir needs it
                    transport | tcp  | channel in: attribute transport is tcp: this process has memory
                    credit    | 10   | channel in: attribute credit is 10: it is a number of bytes, at least 64
                    """)
    void when_an_attribute_is_wrong_then_the_error_names_channel_attribute_and_value(
            String attribute, String value, String message) {
        Config config = config(attribute, value);

        assertThatThrownBy(() -> connector.getPublisher(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void when_optional_attributes_are_left_out_then_they_have_their_defaults() {
        ChannelAttributes attributes = new ChannelAttributes(config("output", ""));

        assertThat(attributes.creditBytes()).isEqualTo(4 << 20);
        assertThat(attributes.receivingEnd()).isEqualTo(new ReceivingEnd("strays", 1, "flights", ""));
    }

    private static Config config(String attribute, String value) {
        Map<String, String> properties = new HashMap<>(INCOMING);
        properties.put(attribute, value == null ? "" : value);
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
    }
}
