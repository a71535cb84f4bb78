package stream.weir.operator.resource;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a user's pod template over ours, as people expect from kubectl: fields are replaced, mappings merged, and entries of lists that
 * have a {@code name} (containers, volumes, variables, ports) or a {@code mountPath} are merged with ours of the same; other lists
 * are replaced.
 */
final class TemplateMerge {
    private static final List<String> KEYS = List.of("name", "mountPath");
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private TemplateMerge() {}

    static PodTemplateSpec over(PodTemplateSpec base, @Nullable Map<String, Object> template) {
        if (template == null || template.isEmpty()) {
            return base;
        }
        Map<String, Object> merged = maps(PipelineFileText.plain(base), template);
        return JSON.convertValue(merged, PodTemplateSpec.class);
    }

    private static Map<String, Object> maps(Map<String, Object> base, Map<String, Object> over) {
        Map<String, Object> merged = new LinkedHashMap<>(base);
        over.forEach((key, value) -> {
            if (value == null) {
                merged.remove(key);
            } else {
                merged.merge(key, value, TemplateMerge::values);
            }
        });
        return merged;
    }

    private static Object values(Object base, Object over) {
        if (base instanceof Map<?, ?> && over instanceof Map<?, ?>) {
            return maps(PipelineFileText.mapping(base), PipelineFileText.mapping(over));
        }
        if (base instanceof List<?> ours && over instanceof List<?> theirs) {
            return KEYS.stream()
                    .filter(key -> has(ours, key) && has(theirs, key))
                    .findFirst()
                    .<Object>map(key -> lists(ours, theirs, key))
                    .orElse(theirs);
        }
        return over;
    }

    private static List<Object> lists(List<?> base, List<?> over, String key) {
        List<Object> merged = new ArrayList<>(base);
        for (Object entry : over) {
            Optional<Object> same = merged.stream()
                    .filter(one -> key(one, key).equals(key(entry, key)))
                    .findFirst();
            if (same.isPresent()) {
                merged.set(
                        merged.indexOf(same.get()),
                        maps(PipelineFileText.mapping(same.get()), PipelineFileText.mapping(entry)));
            } else {
                merged.add(entry);
            }
        }
        return merged;
    }

    private static boolean has(List<?> list, String key) {
        return !list.isEmpty()
                && list.stream().allMatch(entry -> entry instanceof Map<?, ?> map && map.containsKey(key));
    }

    private static Object key(Object entry, String key) {
        return Optional.<Object>ofNullable(PipelineFileText.mapping(entry).get(key))
                .orElse("");
    }
}
