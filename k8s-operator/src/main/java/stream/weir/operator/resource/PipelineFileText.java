package stream.weir.operator.resource;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.Weir;

/**
 * The pipeline file that a resource comes to: its name and spec, without what only the operator looks at.
 *
 * @param hash of all but the numbers of replicas, which count for the first start only: ten hexadecimal digits
 */
public record PipelineFileText(String text, String hash) {
    private static final int DIGITS = 10;
    private static final Set<String> FOR_THE_OPERATOR = Set.of("suspend", "deletionPolicy", "upgrade", "coordinator");

    /** @param restoreFrom what takes the place of a reference to another resource */
    public static PipelineFileText of(StreamPipeline pipeline, Optional<String> restoreFrom) {
        Map<String, Object> spec = plain(pipeline.getSpec());
        spec.keySet().removeAll(FOR_THE_OPERATOR);
        restoreFrom.ifPresent(uri -> spec.put("restoreFrom", restoring(spec, uri)));
        String name = pipeline.getMetadata().getName();
        List<Object> stages = new ArrayList<>();
        List<Object> withoutCounts = new ArrayList<>();
        for (Object stage : (List<?>) spec.getOrDefault("stages", List.of())) {
            Map<String, Object> fields = new LinkedHashMap<>(mapping(stage));
            fields.remove("scale");
            stages.add(fields);
            Map<String, Object> hashed = new LinkedHashMap<>(fields);
            hashed.remove("replicas");
            withoutCounts.add(hashed);
        }
        Map<String, Object> hashed = new LinkedHashMap<>(spec);
        hashed.put("stages", withoutCounts);
        spec.put("stages", stages);
        return new PipelineFileText(document(name, spec), hash(document(name, hashed)));
    }

    /** Ten hexadecimal digits of its SHA-256. */
    public static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Records and maps as maps, lists and scalars. */
    static Map<String, Object> plain(Object value) {
        return new LinkedHashMap<>(mapping(new KubernetesSerialization().convertValue(value, Map.class)));
    }

    static Map<String, Object> mapping(Object value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((name, field) -> fields.put(String.valueOf(name), field));
        return fields;
    }

    private static Map<String, Object> restoring(Map<String, Object> spec, String uri) {
        Map<String, Object> restore = mapping(spec.getOrDefault("restoreFrom", Map.of()));
        restore.remove("checkpoint");
        restore.remove("savepoint");
        restore.put("uri", uri);
        return restore;
    }

    private static String document(String name, Map<String, Object> spec) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", Weir.API_VERSION);
        document.put("kind", "StreamPipeline");
        document.put("metadata", Map.of("name", name));
        document.put("spec", spec);
        return YamlText.of(document);
    }
}
