package stream.weir.service.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Spans as a collector gets them. */
class OtlpTracesIT {
    private static final TraceSpan PHASE = new TraceSpan(
            "alignment", 1_000_000, 3_000_000, Map.of("weir.link", "in-0"), Map.of(), Optional.empty(), List.of());
    private static final TraceSpan CHECKPOINT = new TraceSpan(
            "checkpoint",
            1_000_000,
            9_000_000,
            Map.of("weir.pipeline", "orders"),
            Map.of("weir.checkpoint.id", 7L),
            Optional.of("TIMED_OUT: total-0"),
            List.of(PHASE));

    @Test
    void when_a_span_has_parts_then_they_are_its_children_with_the_times_that_were_told() {
        // given
        Kept kept = new Kept();
        // when
        try (OtlpTraces traces = OtlpTraces.through(SimpleSpanProcessor.create(kept), "orders")) {
            traces.accept(CHECKPOINT);
        }
        // then
        SpanData part = kept.spans.getFirst();
        SpanData whole = kept.spans.getLast();
        assertThat(whole.getName()).isEqualTo("checkpoint");
        assertThat(whole.getStartEpochNanos()).isEqualTo(1_000_000);
        assertThat(whole.getEndEpochNanos()).isEqualTo(9_000_000);
        assertThat(whole.getParentSpanContext().isValid()).isFalse();
        assertThat(whole.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(whole.getStatus().getDescription()).isEqualTo("TIMED_OUT: total-0");
        assertThat(whole.getAttributes().get(AttributeKey.longKey("weir.checkpoint.id")))
                .isEqualTo(7L);
        assertThat(whole.getResource().getAttribute(AttributeKey.stringKey("service.name")))
                .isEqualTo("weir-coordinator");
        assertThat(part.getParentSpanId()).isEqualTo(whole.getSpanId());
        assertThat(part.getTraceId()).isEqualTo(whole.getTraceId());
        assertThat(part.getEndEpochNanos()).isEqualTo(3_000_000);
        assertThat(part.getAttributes().get(AttributeKey.stringKey("weir.link")))
                .isEqualTo("in-0");
    }

    @Test
    void when_there_is_a_collector_then_it_gets_them_by_http() throws Exception {
        // given
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
            received.add(exchange.getRequestHeaders().getFirst("Content-Type") + " " + body);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        // when
        try (OtlpTraces traces = OtlpTraces.to(
                URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces"), "orders")) {
            traces.accept(CHECKPOINT);
        }
        // then
        String sent = received.poll(60, TimeUnit.SECONDS);
        collector.stop(0);
        assertThat(sent)
                .startsWith("application/x-protobuf")
                .contains("weir-coordinator", "checkpoint", "alignment", "weir.checkpoint.id", "TIMED_OUT: total-0");
    }

    private static final class Kept implements SpanExporter {
        private final List<SpanData> spans = new ArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> more) {
            spans.addAll(more);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
