package stream.weir.kubernetes.resource;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** How the coordinator of a pipeline gets on: a view that it writes itself, and from which nothing is decided. */
@Group(Weir.GROUP)
@Version(Weir.VERSION)
@ShortNames("ckptco")
@Categories(Weir.CATEGORY)
@AdditionalPrinterColumn(name = "Pipeline", jsonPath = ".spec.pipeline", type = Type.STRING)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = Type.STRING)
@AdditionalPrinterColumn(name = "Leader", jsonPath = ".status.leader", type = Type.STRING)
@AdditionalPrinterColumn(name = "Term", jsonPath = ".status.term", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Run", jsonPath = ".status.run", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Last", jsonPath = ".status.last.id", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Size", jsonPath = ".status.last.size", type = Type.STRING)
@AdditionalPrinterColumn(name = "In-Flight", jsonPath = ".status.inFlight[*].id", type = Type.STRING)
@AdditionalPrinterColumn(name = "Completed", jsonPath = ".status.completed", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Failed", jsonPath = ".status.failed", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(
        name = "Last-Failure",
        jsonPath = ".status.lastFailed.failure",
        type = Type.STRING,
        priority = 1)
public final class CheckpointCoordinator extends CustomResource<CoordinatorSpec, CoordinatorStatus>
        implements Namespaced {}
