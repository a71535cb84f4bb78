package stream.weir.kubernetes.resource;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One checkpoint that is kept, and can be restored by name. The coordinator writes it; the manifest in the store is the truth. */
@Group(Weir.GROUP)
@Version(Weir.VERSION)
@ShortNames({"ckpt", "checkpoint", "checkpoints"})
@Categories(Weir.CATEGORY)
@AdditionalPrinterColumn(name = "Pipeline", jsonPath = ".spec.pipeline", type = Type.STRING)
@AdditionalPrinterColumn(name = "Region", jsonPath = ".spec.region", type = Type.STRING)
@AdditionalPrinterColumn(name = "ID", jsonPath = ".spec.id", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.state", type = Type.STRING)
@AdditionalPrinterColumn(name = "Size", jsonPath = ".status.size", type = Type.STRING)
@AdditionalPrinterColumn(name = "Duration", jsonPath = ".status.duration", type = Type.STRING)
@AdditionalPrinterColumn(name = "Restorable", jsonPath = ".status.restorable", type = Type.BOOLEAN)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".status.completedAt", type = Type.DATE)
@AdditionalPrinterColumn(name = "Path", jsonPath = ".spec.uri", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Alignment-Ms", jsonPath = ".status.alignmentMillis", type = Type.INTEGER, priority = 1)
@AdditionalPrinterColumn(name = "Uploaded", jsonPath = ".status.uploaded", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Run", jsonPath = ".spec.run", type = Type.INTEGER, priority = 1)
public final class StreamCheckpoint extends CustomResource<CheckpointSpec, CheckpointStatus> implements Namespaced {}
