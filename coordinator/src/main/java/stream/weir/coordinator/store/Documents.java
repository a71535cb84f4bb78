package stream.weir.coordinator.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The frame around every document of the coordinator: format version, checksum, and one body under the name of its kind. The
 * checksum is CRC32C over the document as this class writes it, with the checksum itself as zeros; so a document that was cut off
 * or edited by hand is found out, while its layout does not matter.
 */
final class Documents {
    static final int FORMAT_VERSION = 1;

    private static final String VERSION = "formatVersion";
    private static final String CHECKSUM = "crc32c";
    private static final String NO_DIGITS = "00000000";
    private static final JsonFactory JSON = new JsonFactory();

    private Documents() {}

    static byte[] write(String kind, JsonOut.Body body) {
        byte[] document = withoutChecksum(kind, body);
        return with(HexFormat.of().toHexDigits(checksum(document)), document);
    }

    private static byte[] withoutChecksum(String kind, JsonOut.Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(bytes)) {
            generator.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
            new JsonOut(generator).object(out -> {
                out.number(VERSION, FORMAT_VERSION);
                out.checksum(CHECKSUM, 0);
                out.object(kind, body);
            });
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    /** Reads a body whose kind decides what it is, and gives it back with a way to write it again. */
    interface Reader<T> {
        T read(JsonIn in, String kind) throws IOException;
    }

    /** Writes a value as its document. */
    interface Writer<T> {
        byte[] write(T value);
    }

    /**
     * @param name of the object, for errors
     * @throws InvalidDocumentException when it is not exactly what {@code writer} writes
     */
    static <T> T read(String name, byte[] content, Reader<T> reader, Writer<T> writer) throws InvalidDocumentException {
        if (content.length == 0) {
            throw new InvalidDocumentException(name + " is empty");
        }
        int[] stated = new int[1];
        T value;
        try (JsonParser parser = JSON.createParser(content)) {
            JsonIn in = new JsonIn(name, parser);
            value = in.object(document -> {
                checkVersion(document);
                stated[0] = document.checksum(CHECKSUM);
                String kind = document.peekField();
                return document.object(kind, body -> reader.read(body, kind));
            });
            in.end();
        } catch (InvalidDocumentException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidDocumentException(name + ": " + e.getMessage(), e);
        }
        int found = checksum(with(NO_DIGITS, writer.write(value)));
        if (found != stated[0]) {
            throw new InvalidDocumentException(
                    ("%s: CRC32C of its content is %08x, it says %08x itself: it was changed after it" + " was written")
                            .formatted(name, found, stated[0]));
        }
        return value;
    }

    private static void checkVersion(JsonIn in) throws IOException {
        int version = in.smallNumber(VERSION);
        if (version != FORMAT_VERSION) {
            throw in.at(
                    VERSION,
                    "format version " + version + " is not known here, only " + FORMAT_VERSION
                            + (version > FORMAT_VERSION ? ": it was written by a newer Weir" : ""));
        }
    }

    /** Puts the digits of its checksum into a written document, where they have the same place in all. */
    private static byte[] with(String digits, byte[] document) {
        int start = new String(document, 0, Math.min(document.length, 128), UTF_8).indexOf(CHECKSUM);
        byte[] ascii = digits.getBytes(UTF_8);
        System.arraycopy(ascii, 0, document, start + CHECKSUM.length() + "\" : \"".length(), ascii.length);
        return document;
    }

    private static int checksum(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return (int) crc.getValue();
    }
}
