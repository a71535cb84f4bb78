package stream.weir.kubernetes.resource;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One stage of a pipeline. The operator creates it; whoever scales owns {@code spec.replicas} from then on. */
@Group(Weir.GROUP)
@Version(Weir.VERSION)
@ShortNames({"stage", "stages"})
@Categories(Weir.CATEGORY)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(name = "Desired", jsonPath = ".spec.replicas", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Current", jsonPath = ".status.replicas", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.readyReplicas", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Recommended", jsonPath = ".status.recommended", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Lag", jsonPath = ".status.lag", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "Key-Groups", jsonPath = ".spec.keyGroups", type = Type.INTEGER, priority = 1)
@AdditionalPrinterColumn(name = "Backpressure", jsonPath = ".status.backPressure", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.reason", type = Type.STRING, priority = 1)
public final class StreamStage extends CustomResource<StageSpec, StageStatus> implements Namespaced {}
