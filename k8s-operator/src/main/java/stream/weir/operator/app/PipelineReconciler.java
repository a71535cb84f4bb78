package stream.weir.operator.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.StreamStage;
import stream.weir.kubernetes.resource.Weir;
import stream.weir.operator.reconcile.JobWatch;
import stream.weir.operator.reconcile.PipelineControl;

/** Has pipelines looked at when something about them changes: their own spec, their pods, what users scale, or their job. */
@ControllerConfiguration(name = "pipelines")
public class PipelineReconciler implements Reconciler<StreamPipeline> {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineReconciler.class);

    private final PipelineControl control;
    private final JobWatch watch;
    private final ScalingMetrics scaling;
    private final Canaries canaries;
    private volatile Optional<Cache<StreamPipeline>> pipelines = Optional.empty();
    /** Caches are filled whether or not this process leads; what changes is given to the one alone that does. */
    private volatile boolean hears;
    /** Pipelines that are being deleted, or are gone, and are looked at just now. */
    private final Set<ResourceID> looking = ConcurrentHashMap.newKeySet();

    private final SimpleInboundEventSource<StreamPipeline> jobs = new SimpleInboundEventSource<>("jobs");

    @Inject
    PipelineReconciler(PipelineControl control, JobWatch watch, ScalingMetrics scaling, Canaries canaries) {
        this.control = control;
        this.watch = watch;
        this.scaling = scaling;
        this.canaries = canaries;
    }

    @Override
    public UpdateControl<StreamPipeline> reconcile(StreamPipeline pipeline, Context<StreamPipeline> context) {
        hears = true;
        if (Canaries.isOne(pipeline)) {
            canaries.heard(pipeline);
            return UpdateControl.noUpdate();
        }
        Optional<Duration> again = control.reconcile(
                pipeline.getMetadata().getNamespace(), pipeline.getMetadata().getName());
        measure(pipeline.getMetadata().getNamespace(), pipeline.getMetadata().getName());
        UpdateControl<StreamPipeline> nothing = UpdateControl.noUpdate();
        again.ifPresent(nothing::rescheduleAfter);
        return nothing;
    }

    @Override
    public List<EventSource<?, StreamPipeline>> prepareEventSources(EventSourceContext<StreamPipeline> context) {
        pipelines = Optional.of(context.getPrimaryCache());
        return List.of(
                labelled(Deployment.class, context),
                labelled(Pod.class, context),
                labelled(StreamStage.class, context),
                jobs);
    }

    /**
     * Goes on with pipelines that are being deleted and wait for it, and forgets those that are gone; to be called from time to time.
     * The SDK calls reconcilers for neither unless they have a finalizer at each pipeline, and then none could go while no operator
     * runs. Whether this process leads does not matter: two may do it.
     *
     * @param threads one for each pipeline, so that none waits for another one's coordinator
     */
    void goOnDeleting(Executor threads) {
        pipelines.ifPresent(known -> Stream.concat(
                        known.list(pipeline -> pipeline.isMarkedForDeletion() && pipeline.hasFinalizer(Weir.FINALIZER))
                                .map(ResourceID::fromResource),
                        watch.pipelines()
                                .map(one -> new ResourceID(one.name(), one.namespace()))
                                .filter(watched -> !known.contains(watched)))
                .toList()
                .forEach(pipeline -> look(pipeline, threads)));
    }

    /** Frees nodes that are back; to be called every few seconds. No pipeline need be there any more for it. */
    void freeNodes() {
        control.freeNodes();
    }

    /**
     * Changes canaries, so that it shows whether changes are heard of; to be called from time to time. Nothing before this process
     * leads: one on standby would wait for what it is never given.
     */
    void changeCanaries() {
        pipelines
                .filter(_ -> hears)
                .ifPresent(known ->
                        canaries.change(known.list(Canaries::isLabelled).toList()));
    }

    /** Unless the last look at it goes on still. */
    private void look(ResourceID pipeline, Executor threads) {
        if (!looking.add(pipeline)) {
            return;
        }
        try {
            threads.execute(() -> look(pipeline));
        } catch (RuntimeException | Error e) {
            looking.remove(pipeline);
            throw e;
        }
    }

    private void look(ResourceID pipeline) {
        try {
            control.reconcile(pipeline.getNamespace().orElse(""), pipeline.getName());
            measure(pipeline.getNamespace().orElse(""), pipeline.getName());
        } catch (RuntimeException e) {
            LOG.warn("{} is being deleted, and is looked at again", pipeline, e);
        } finally {
            looking.remove(pipeline);
        }
    }

    private void measure(String namespace, String pipeline) {
        scaling.show(namespace, pipeline, control.advice(namespace, pipeline));
    }

    /** A pipeline's job has changed. */
    void changed(String namespace, String pipeline) {
        jobs.propagateEvent(new ResourceID(pipeline, namespace));
    }

    private static <T extends HasMetadata> EventSource<?, StreamPipeline> labelled(
            Class<T> type, EventSourceContext<StreamPipeline> context) {
        return new InformerEventSource<T, StreamPipeline>(
                InformerEventSourceConfiguration.from(type, StreamPipeline.class)
                        .withLabelSelector(Weir.LABEL_PIPELINE)
                        .withSecondaryToPrimaryMapper(object -> Set.of(new ResourceID(
                                object.getMetadata().getLabels().get(Weir.LABEL_PIPELINE),
                                object.getMetadata().getNamespace())))
                        .build(),
                context);
    }
}
