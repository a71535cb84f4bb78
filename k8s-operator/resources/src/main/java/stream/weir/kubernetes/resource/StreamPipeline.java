package stream.weir.kubernetes.resource;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A graph of stages: what users write. */
@Group(Weir.GROUP)
@Version(Weir.VERSION)
@ShortNames("spipe")
@Categories(Weir.CATEGORY)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(name = "Stages", jsonPath = ".status.stagesReady", type = Type.STRING)
@AdditionalPrinterColumn(name = "Last-Ckpt", jsonPath = ".status.lastCheckpoint.id", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Ckpt-Age", jsonPath = ".status.lastCheckpoint.completedAt", type = Type.DATE)
@AdditionalPrinterColumn(name = "Lag", jsonPath = ".status.lag", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "Mode", jsonPath = ".spec.checkpoint.mode", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(
        name = "Coordinator",
        jsonPath = ".status.coordinator.leader",
        type = Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(name = "Run", jsonPath = ".status.coordinator.run", type = Type.INTEGER, priority = 1)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.message", type = Type.STRING, priority = 1)
@ValidationRule(
        value = "self.metadata.name.size() <= 51 && self.metadata.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
        message = "the name of a pipeline is a DNS label of at most 51 characters: its Services are named after it")
public final class StreamPipeline extends CustomResource<PipelineSpec, PipelineStatus> implements Namespaced {}
