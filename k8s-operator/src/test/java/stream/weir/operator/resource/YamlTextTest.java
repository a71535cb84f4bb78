package stream.weir.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written is read again as the same, whatever it looks like. */
final class YamlTextTest {
    @Test
    void when_values_look_like_something_else_then_they_are_read_as_they_were() {
        Map<String, Object> values = new LinkedHashMap<>();
        List.of(
                        "yes",
                        "no",
                        "on",
                        "null",
                        "~",
                        "1e3",
                        "0x10",
                        "12",
                        "-1",
                        "",
                        " x ",
                        "a: b",
                        "# c",
                        "- d",
                        "é\u0001\n\t\"\\",
                        "2s",
                        "left.origin")
                .forEach(text -> values.put("k" + values.size(), text));
        values.put("true", List.of(Map.of("a", List.of(List.of(1, 2), Map.of()), "b", List.of()), "x", 1.5, true));
        values.put("deep", Map.of("er", Map.of("list", List.of(Map.of("one", 1), List.of("two")))));

        assertThat(new KubernetesSerialization().unmarshal(YamlText.of(values), Map.class))
                .isEqualTo(values);
    }
}
