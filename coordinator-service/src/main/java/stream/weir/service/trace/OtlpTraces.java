package stream.weir.service.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends spans to a collector, by OTLP over HTTP. What a collector that is away cannot take is dropped once {@value #MOST_KEPT} spans
 * wait; the library says so in the log.
 */
public final class OtlpTraces implements Consumer<TraceSpan>, AutoCloseable {
    private static final int MOST_KEPT = 16_384;
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    private OtlpTraces(SdkTracerProvider provider) {
        this.provider = provider;
        this.tracer = provider.get("stream.weir");
    }

    /** @param endpoint with its path, for instance {@code http://collector:4318/v1/traces} */
    public static OtlpTraces to(URI endpoint, String pipeline) {
        return through(
                BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(endpoint.toString())
                                .build())
                        .setMaxQueueSize(MOST_KEPT)
                        .setScheduleDelay(EVERY)
                        .build(),
                pipeline);
    }

    static OtlpTraces through(SpanProcessor processor, String pipeline) {
        Resource resource = Resource.create(Attributes.of(
                AttributeKey.stringKey("service.name"),
                "weir-coordinator",
                AttributeKey.stringKey("service.namespace"),
                pipeline));
        return new OtlpTraces(SdkTracerProvider.builder()
                .setResource(resource)
                .addSpanProcessor(processor)
                .build());
    }

    @Override
    public void accept(TraceSpan span) {
        send(span, Context.root());
    }

    @Override
    public void close() {
        provider.shutdown().join(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void send(TraceSpan span, Context within) {
        SpanBuilder builder = tracer.spanBuilder(span.name())
                .setParent(within)
                .setStartTimestamp(span.startNanos(), TimeUnit.NANOSECONDS);
        span.texts().forEach(builder::setAttribute);
        span.numbers().forEach((name, number) -> builder.setAttribute(name, number.longValue()));
        Span begun = builder.startSpan();
        span.error().ifPresent(why -> begun.setStatus(StatusCode.ERROR, why));
        Context inside = within.with(begun);
        span.parts().forEach(part -> send(part, inside));
        begun.end(span.endNanos(), TimeUnit.NANOSECONDS);
    }
}
