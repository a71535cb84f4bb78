package stream.weir.runtime.channel.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigProviderResolver;
import io.smallrye.config.inject.ConfigExtension;
import io.smallrye.reactive.messaging.ChannelRegistry;
import io.smallrye.reactive.messaging.providers.extension.ChannelProducer;
import io.smallrye.reactive.messaging.providers.extension.EmitterFactoryImpl;
import io.smallrye.reactive.messaging.providers.extension.HealthCenter;
import io.smallrye.reactive.messaging.providers.extension.MediatorManager;
import io.smallrye.reactive.messaging.providers.extension.ReactiveMessagingExtension;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.channel.InboundChannel;
import stream.weir.runtime.channel.Inbox;
import stream.weir.runtime.channel.OutboundChannel;
import stream.weir.runtime.channel.WakeUp;

/** The connector in a real SmallRye container: channels from configuration, and no annotated method anywhere. */
final class WeirConnectorIT {
    private static final Link LINK = new Link("flights", 0, "", "by-carrier", 1);
    private static final int CREDIT = 1_000;
    private static final Map<String, String> OUTGOING = Map.of(
            "connector", WeirConnector.NAME, "pipeline", "p", "stage", "flights", "replica", "0", "to", "by-carrier");
    private static final Map<String, String> INCOMING = Map.of(
            "connector", WeirConnector.NAME, "pipeline", "p", "stage", "by-carrier", "replica", "1", "from", "flights");

    @Test
    void when_channels_are_configured_then_frames_flow_through_the_registry_and_credit_comes_back() {
        try (SeContainer container = container(OUTGOING, INCOMING)) {
            // given
            ChannelRegistry registry = container.select(ChannelRegistry.class).get();
            OutboundChannel outbound = OutboundChannel.of("p", 1, List.of(LINK), CREDIT);
            outbound.subscribe(subscriber(registry));
            InboundChannel inbound =
                    InboundChannel.of(registry.getPublishers("in").getFirst(), "p", 1, List.of(LINK), CREDIT);
            Inbox inbox = new Inbox();
            inbound.subscribe(inbox);
            FrameSink sink = outbound.sink(LINK);
            WakeUp wakeUp = new WakeUp();
            sink.onWritable(wakeUp);

            // when
            int total = 10_000;
            for (int sent = 0; sent < total; ) {
                if (sink.offer(new Frame("p", 1, LINK, sent, new Frame.Watermark(sent)))) {
                    sent++;
                } else {
                    assertThat(outbound.inFlightBytes(LINK)).isLessThanOrEqualTo(CREDIT);
                    inbox.consume(CREDIT / Frame.OVERHEAD_BYTES);
                    wakeUp.await();
                }
            }
            sink.close();

            // then
            inbox.consume(total % (CREDIT / Frame.OVERHEAD_BYTES));
            assertThat(inbox.closed().error()).isEmpty();
            assertThat(outbound.inFlightBytes(LINK)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    replica   | -1   | channel in: attribute replica is -1: replicas are numbered from 0
                    replica   | one  | channel in: attribute replica is one: it is a whole number
                    pipeline  | q    | channel in: attribute pipeline is q: this process runs pipeline p
                    transport | tcp  | channel in: attribute transport is tcp: this process has memory
                    credit    | 10   | channel in: attribute credit is 10: it is a number of bytes, at least 64
                    """)
    void when_an_attribute_is_wrong_then_the_error_names_channel_attribute_and_value(
            String attribute, String value, String message) {
        Map<String, String> incoming = new HashMap<>(INCOMING);
        incoming.put(attribute, value);

        assertThatThrownBy(() -> container(OUTGOING, incoming)).hasStackTraceContaining(message);
    }

    private static SeContainer container(Map<String, String> outgoing, Map<String, String> incoming) {
        Map<String, String> properties = new HashMap<>();
        outgoing.forEach((key, value) -> properties.put("mp.messaging.outgoing.out." + key, value));
        incoming.forEach((key, value) -> properties.put("mp.messaging.incoming.in." + key, value));
        useConfig(properties);
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addPackages(
                        false,
                        MediatorManager.class,
                        ChannelProducer.class,
                        EmitterFactoryImpl.class,
                        HealthCenter.class)
                .addExtensions(new ConfigExtension(), new ReactiveMessagingExtension())
                .addBeanClasses(WeirConnector.class)
                .initialize();
    }

    private static void useConfig(Map<String, String> properties) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        SmallRyeConfigProviderResolver resolver =
                (SmallRyeConfigProviderResolver) SmallRyeConfigProviderResolver.instance();
        resolver.registerConfig(config, loader);
    }

    @SuppressWarnings("unchecked")
    private static Flow.Subscriber<Message<Frame>> subscriber(ChannelRegistry registry) {
        return (Flow.Subscriber<Message<Frame>>) registry.getSubscribers("out").getFirst();
    }
}
