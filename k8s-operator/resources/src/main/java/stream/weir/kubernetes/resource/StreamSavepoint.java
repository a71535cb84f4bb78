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

/** Asks for a savepoint, and says what came of it. Deleting it leaves the data where they are. */
@Group(Weir.GROUP)
@Version(Weir.VERSION)
@ShortNames({"svp", "savepoint", "savepoints"})
@Categories(Weir.CATEGORY)
@AdditionalPrinterColumn(name = "Pipeline", jsonPath = ".spec.pipeline", type = Type.STRING)
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.state", type = Type.STRING)
@AdditionalPrinterColumn(name = "Path", jsonPath = ".status.uri", type = Type.STRING)
@AdditionalPrinterColumn(name = "Size", jsonPath = ".status.size", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "Error", jsonPath = ".status.error", type = Type.STRING, priority = 1)
@ValidationRule(
        value = "self.metadata.name.size() <= 63 && self.metadata.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
        message = "the name of a savepoint is a DNS label: its folder in the store is named after it")
public final class StreamSavepoint extends CustomResource<SavepointSpec, SavepointStatus> implements Namespaced {}
