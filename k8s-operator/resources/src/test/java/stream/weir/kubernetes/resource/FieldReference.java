package stream.weir.kubernetes.resource;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes the page with every field of every kind, from the CRDs. */
final class FieldReference {
    private static final String HEAD = """
            # Every field of the Kubernetes kinds

            Made from the CRDs in `deploy/crds` by `CrdFilesTest`; do not edit. What the words of a pipeline mean is in
            [the pipeline file](pipeline-file.md), what conditions and reasons mean in
            [troubleshooting](../guides/troubleshooting.md).
            """;

    private FieldReference() {}

    static String of(Collection<String> crds) {
        StringBuilder page = new StringBuilder(HEAD);
        Map<String, CustomResourceDefinition> kinds = new TreeMap<>();
        for (String text : crds) {
            CustomResourceDefinition crd =
                    new KubernetesSerialization().unmarshal(text, CustomResourceDefinition.class);
            kinds.put(crd.getSpec().getNames().getKind(), crd);
        }
        kinds.values().forEach(crd -> kind(crd, page));
        return page.toString();
    }

    private static void kind(CustomResourceDefinition crd, StringBuilder page) {
        CustomResourceDefinitionVersion version = crd.getSpec().getVersions().getFirst();
        page.append("\n## ").append(crd.getSpec().getNames().getKind()).append("\n\n");
        page.append("Short names: `")
                .append(String.join("`, `", crd.getSpec().getNames().getShortNames()))
                .append("`. Columns: ");
        page.append(String.join(
                ", ",
                version.getAdditionalPrinterColumns().stream()
                        .map(column -> "`" + column.getName() + "`" + (column.getPriority() > 0 ? " (wide)" : ""))
                        .toList()));
        page.append(".\n\n| field | type | |\n|---|---|---|\n");
        List<String> rules = new ArrayList<>();
        JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
        rules(root, "", rules);
        fields(root, "", page, rules);
        if (!rules.isEmpty()) {
            page.append("\nRules that the API server holds it to:\n\n");
            rules.forEach(rule -> page.append("- ").append(rule).append('\n'));
        }
    }

    private static void fields(JSONSchemaProps schema, String path, StringBuilder page, List<String> rules) {
        Optional.ofNullable(schema.getProperties()).orElse(Map.of()).forEach((name, field) -> {
            if (path.isEmpty() && (name.equals("metadata") || name.equals("kind") || name.equals("apiVersion"))) {
                return;
            }
            String here = path.isEmpty() ? name : path + "." + name;
            page.append("| `").append(here).append("` | ").append(type(field)).append(" | ");
            page.append(Optional.ofNullable(field.getDescription()).orElse("").replace("|", "\\|"));
            page.append(limits(field));
            if (schema.getRequired() != null && schema.getRequired().contains(name)) {
                page.append(" Required.");
            }
            page.append(" |\n");
            rules(field, here, rules);
            fields(field, here, page, rules);
            if (field.getItems() != null && field.getItems().getSchema() != null) {
                rules(field.getItems().getSchema(), here + "[]", rules);
                fields(field.getItems().getSchema(), here + "[]", page, rules);
            }
        });
    }

    private static void rules(JSONSchemaProps schema, String path, List<String> rules) {
        for (ValidationRule rule :
                Optional.ofNullable(schema.getXKubernetesValidations()).orElse(List.of())) {
            rules.add((path.isEmpty() ? "" : "`" + path + "`: ") + rule.getMessage());
        }
    }

    private static String type(JSONSchemaProps field) {
        if (Boolean.TRUE.equals(field.getXKubernetesIntOrString())) {
            return "number or text";
        }
        if (field.getEnum() != null && !field.getEnum().isEmpty()) {
            return String.join(
                    ", ",
                    field.getEnum().stream()
                            .map(word -> "`" + word.asText() + "`")
                            .toList());
        }
        if (field.getType() == null) {
            return "any";
        }
        return switch (field.getType()) {
            case "array" ->
                "list of "
                        + (field.getItems() == null
                                ? "any"
                                : type(field.getItems().getSchema()));
            case "object" ->
                Boolean.TRUE.equals(field.getXKubernetesPreserveUnknownFields()) ? "open mapping" : "mapping";
            case "string" -> "text";
            default -> field.getType();
        };
    }

    private static String limits(JSONSchemaProps field) {
        StringBuilder limits = new StringBuilder();
        Optional.ofNullable(field.getDefault())
                .ifPresent(value ->
                        limits.append(" Default ").append(value.asText()).append('.'));
        if (field.getMinimum() != null && field.getMaximum() != null) {
            limits.append(" From ")
                    .append(number(field.getMinimum()))
                    .append(" to ")
                    .append(number(field.getMaximum()))
                    .append('.');
        } else if (field.getMinimum() != null) {
            limits.append(" At least ").append(number(field.getMinimum())).append('.');
        }
        Optional.ofNullable(field.getMaxItems())
                .ifPresent(most -> limits.append(" At most ").append(most).append(" entries."));
        return limits.toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
