package stream.weir.definition.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import stream.weir.definition.problem.Place;
import stream.weir.definition.problem.Problems;

/** Turns the text of a file into the root of its only document. */
public final class YamlDocument {
    /** Largest file in bytes; a pipeline is a few KiB. */
    public static final int MAX_BYTES = 4 << 20;

    /** Most nodes of a document after its aliases are written out. */
    static final int MAX_NODES = 200_000;

    private static final int MAX_ALIASES = 1_000;
    private static final Place START = new Place(1, 1, "");

    private YamlDocument() {}

    /** The text of a file in UTF-8; empty, with a problem added, where it is not that. */
    public static Optional<String> text(byte[] content, Problems problems) {
        if (content.length > MAX_BYTES) {
            problems.add(START, "the file has " + content.length + " bytes, a pipeline file has at most " + MAX_BYTES);
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer text = CharBuffer.allocate(content.length + 1);
        var result = StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true);
        if (result.isError()) {
            try {
                result.throwException();
            } catch (CharacterCodingException e) {
                reportEncoding(text.flip().toString(), content[bytes.position()], problems);
            }
            return Optional.empty();
        }
        String decoded = text.flip().toString();
        return Optional.of(decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded);
    }

    /** The root of the document; empty, with a problem added, where there is not exactly one sound document. */
    public static Optional<Cursor> root(String text, Problems problems) {
        if (text.length() > MAX_BYTES) {
            problems.add(
                    START, "the file has " + text.length() + " characters, a pipeline file has at most " + MAX_BYTES);
            return Optional.empty();
        }
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setCodePointLimit(MAX_BYTES)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .build();
        try {
            Iterator<Node> documents =
                    new Compose(settings).composeAllFromString(text).iterator();
            if (!documents.hasNext()) {
                problems.add(START, "the file is empty");
                return Optional.empty();
            }
            Node root = documents.next();
            if (documents.hasNext()) {
                Node second = documents.next();
                problems.add(
                        placeOf(second.getStartMark()),
                        "a second document begins here, a pipeline file holds only one");
                return Optional.empty();
            }
            return bounded(root, problems)
                    ? Optional.of(new Cursor(root, START.path(), new Source(text), problems))
                    : Optional.empty();
        } catch (MarkedYamlEngineException e) {
            problems.add(placeOf(e.getProblemMark().or(e::getContextMark)), syntax(e));
        } catch (ReaderException e) {
            String before = text.substring(0, Math.min(text.length(), e.getPosition()));
            problems.add(endOf(before), "the character U+%04X is not allowed in YAML".formatted(e.getCodePoint()));
        } catch (YamlEngineException e) {
            problems.add(START, "not a YAML document: " + e.getMessage());
        } catch (StackOverflowError e) {
            problems.add(START, "the document is nested too deeply");
        }
        return Optional.empty();
    }

    private static String syntax(MarkedYamlEngineException e) {
        String problem = String.valueOf(e.getProblem()).strip();
        String context = e.getContext();
        return "not YAML: " + (context == null || context.isBlank() ? "" : context.strip() + ", ") + problem;
    }

    private static void reportEncoding(String before, byte found, Problems problems) {
        problems.add(endOf(before), "the byte 0x%02X is not UTF-8; save the file as UTF-8".formatted(found));
    }

    private static Place endOf(String before) {
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return new Place(line, before.length() - before.lastIndexOf('\n'), "");
    }

    static Place placeOf(Optional<Mark> mark) {
        return mark.map(m -> new Place(m.getLine() + 1, m.getColumn() + 1, "")).orElse(START);
    }

    /** Refuses documents that contain themselves, or that grow beyond measure when aliases are written out. */
    private static boolean bounded(Node root, Problems problems) {
        try {
            long nodes = size(root, new IdentityHashMap<>());
            if (nodes > MAX_NODES) {
                problems.add(
                        START, "the document has more than " + MAX_NODES + " values when its aliases are written out");
                return false;
            }
            return true;
        } catch (IllegalStateException e) {
            problems.add(START, "an alias refers to a value that contains it");
            return false;
        }
    }

    private static long size(Node node, Map<Node, Long> known) {
        Long size = known.get(node);
        if (size != null) {
            if (size < 0) {
                throw new IllegalStateException("recursive alias");
            }
            return size;
        }
        known.put(node, -1L);
        long sum = 1;
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                sum += size(tuple.getKeyNode(), known) + size(tuple.getValueNode(), known);
            }
        } else if (node instanceof SequenceNode sequence) {
            for (Node element : sequence.getValue()) {
                sum += size(element, known);
            }
        }
        long limited = Math.min(sum, MAX_NODES + 1L);
        known.put(node, limited);
        return limited;
    }
}
