package stream.weir.runtime.channel.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.reactive.messaging.ChannelRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
            OutboundChannel outbound = OutboundChannel.of("p", 1, List.of(LINK), CREDIT, System::nanoTime);
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

    @Test
    void when_an_attribute_is_wrong_then_the_container_does_not_start_and_says_why() {
        Map<String, String> incoming = new HashMap<>(INCOMING);
        incoming.put("replica", "9");

        assertThatThrownBy(() -> container(OUTGOING, incoming))
                .hasStackTraceContaining("pipeline p has no ReceivingEnd[stage=by-carrier, replica=9");
    }

    @AfterEach
    void forgetConfig() {
        ConfigProviderResolver resolver = ConfigProviderResolver.instance();
        resolver.releaseConfig(resolver.getConfig());
    }

    private static SeContainer container(Map<String, String> outgoing, Map<String, String> incoming) {
        Map<String, String> properties = new HashMap<>();
        outgoing.forEach((key, value) -> properties.put("mp.messaging.outgoing.out." + key, value));
        incoming.forEach((key, value) -> properties.put("mp.messaging.incoming.in." + key, value));
        useConfig(properties);
        return SeContainerInitializer.newInstance()
                .addBeanClasses(WeirConnector.class, JobTransport.class)
                .initialize();
    }

    /** Stands for whoever runs the job. */
    @ApplicationScoped
    static class JobTransport {
        @Produces
        @Singleton
        Transport transport() {
            return MemoryTransport.connecting("p", List.of(LINK));
        }
    }

    private static void useConfig(Map<String, String> properties) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
        ConfigProviderResolver.instance()
                .registerConfig(config, Thread.currentThread().getContextClassLoader());
    }

    @SuppressWarnings("unchecked")
    private static Flow.Subscriber<Message<Frame>> subscriber(ChannelRegistry registry) {
        return (Flow.Subscriber<Message<Frame>>) registry.getSubscribers("out").getFirst();
    }
}
