package stream.weir.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stream.weir.definition.problem.Problems;

final class YamlDocumentTest {
    @Test
    void when_a_file_is_no_single_sound_document_then_the_problem_says_where_and_why() {
        assertThat(problems("")).containsExactly("f:1:1: the file is empty");
        assertThat(problems("# nothing\n")).containsExactly("f:1:1: the file is empty");
        assertThat(problems("a: 1\n---\nb: 2\n"))
                .containsExactly("f:3:1: a second document begins here, a pipeline file holds only one");
        assertThat(problems("a:\n\t- b\n"))
                .containsExactly("f:2:1: not YAML: while scanning for the next token, found character '\\t(TAB)' that"
                        + " cannot start any token. (Do not use \\t(TAB) for indentation)");
        assertThat(problems("a: [1, 2\nb: 3\n"))
                .containsExactly("f:2:2: not YAML: while parsing a flow sequence, expected ',' or ']', but got :");
        assertThat(problems("a: *b\n")).containsExactly("f:1:4: not YAML: found undefined alias b");
        assertThat(problems("a: b\u0000c\n")).containsExactly("f:1:5: the character U+0000 is not allowed in YAML");
    }

    @Test
    void when_a_file_is_not_utf8_then_the_byte_is_named() {
        assertThat(problems("name: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1)))
                .containsExactly("f:1:10: the byte 0xE9 is not UTF-8; save the file as UTF-8");
        assertThat(problems("a: b".getBytes(StandardCharsets.UTF_16)))
                .containsExactly("f:1:1: the byte 0xFE is not UTF-8; save the file as UTF-8");
    }

    @Test
    void when_a_file_begins_with_a_byte_order_mark_then_it_is_left_out() {
        assertThat(problems("\uFEFFa: 1".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void when_a_file_is_too_large_then_it_is_not_parsed() {
        assertThat(problems(new byte[YamlDocument.MAX_BYTES + 1]))
                .containsExactly("f:1:1: the file has 4194305 bytes, a pipeline file has at most 4194304");
    }

    @Test
    void when_aliases_multiply_or_contain_themselves_then_the_document_is_refused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            String alias = "*a" + (i - 1);
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(String.join(", ", java.util.Collections.nCopies(10, alias)))
                    .append("]\n");
        }

        assertThat(problems(bomb.toString()))
                .containsExactly("f:1:1: the document has more than 200000 values when its aliases are written out");
        assertThat(problems("a: &a [*a]\n")).containsExactly("f:1:1: an alias refers to a value that contains it");
    }

    @Test
    void when_a_document_is_nested_beyond_measure_then_it_is_refused() {
        assertThat(problems("[".repeat(100_000))).hasSize(1);
    }

    private static List<String> problems(String text) {
        return problems(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(byte[] content) {
        Problems problems = new Problems();
        Optional<Cursor> root = YamlDocument.text(content, problems).flatMap(text -> YamlDocument.root(text, problems));
        assertThat(root.isPresent()).isEqualTo(problems.isEmpty());
        return problems.sorted().stream().map(problem -> problem.format("f")).toList();
    }
}
