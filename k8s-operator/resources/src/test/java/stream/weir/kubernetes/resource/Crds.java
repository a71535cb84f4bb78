package stream.weir.kubernetes.resource;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes the CRDs from the classes. */
final class Crds {
    static final List<Class<? extends HasMetadata>> KINDS = List.of(
            StreamPipeline.class,
            StreamStage.class,
            CheckpointCoordinator.class,
            StreamCheckpoint.class,
            StreamSavepoint.class);

    private Crds() {}

    /** File name to content. */
    static Map<String, String> generated() {
        InMemory output = new InMemory();
        new CRDGenerator()
                .customResourceClasses(KINDS)
                .forCRDVersions("v1")
                .withOutput(output)
                .withMinQuotes(true)
                .withPostProcessor(new Completing())
                .detailedGenerate();
        Map<String, String> files = new TreeMap<>();
        output.files.forEach((name, content) ->
                files.put(name.replace("-v1", "") + ".yaml", content.toString(StandardCharsets.UTF_8)));
        return files;
    }

    /** What annotations cannot say: the order of columns, and lists that are maps by a key, so that several writers share them. */
    private static void completed(CustomResourceDefinition crd) {
        List<String> columns = columns(crd.getSpec().getNames().getKind());
        crd.getSpec().getVersions().forEach(version -> {
            version.getAdditionalPrinterColumns()
                    .sort(Comparator.comparing(column -> columns.indexOf(column.getName())));
            completed("", version.getSchema().getOpenAPIV3Schema());
        });
    }

    /** The generator sorts columns by path; people read them in the order of the class. */
    private static List<String> columns(String kind) {
        return KINDS.stream()
                .filter(type -> type.getSimpleName().equals(kind))
                .flatMap(type -> Stream.of(type.getAnnotationsByType(AdditionalPrinterColumn.class)))
                .map(AdditionalPrinterColumn::name)
                .toList();
    }

    private static void completed(String name, JSONSchemaProps schema) {
        if (name.equals("conditions")) {
            keyed(schema, "type");
        } else if (name.equals("stages") && schema.getItems() != null) {
            keyed(schema, "name");
        }
        if (Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields())) {
            schema.setAdditionalProperties(null);
        }
        if (name.equals("late")) {
            // A word or a mapping.
            schema.setType(null);
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            completed("", schema.getItems().getSchema());
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach(Crds::completed);
        }
    }

    private static void keyed(JSONSchemaProps list, String key) {
        list.setXKubernetesListType("map");
        list.setXKubernetesListMapKeys(List.of(key));
        JSONSchemaProps item = list.getItems().getSchema();
        if (!item.getRequired().contains(key)) {
            item.getRequired().add(key);
        }
    }

    private static final class Completing implements CRDPostProcessor {
        @Override
        public HasMetadata process(HasMetadata crd, String version) {
            completed((CustomResourceDefinition) crd);
            return crd;
        }
    }

    private static final class InMemory implements CRDGenerator.CRDOutput<OutputStream> {
        private final Map<String, ByteArrayOutputStream> files = new TreeMap<>();

        @Override
        public OutputStream outputFor(String name) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            files.put(name, content);
            return content;
        }

        @Override
        public URI crdURI(String name) {
            return URI.create("file:/" + name);
        }

        @Override
        public void close() {}
    }
}
