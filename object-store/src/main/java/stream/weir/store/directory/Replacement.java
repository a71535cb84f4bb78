package stream.weir.store.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Compare and set on a file: under the {@linkplain DirectoryLock lock} of its folder the content is compared and the new file renamed
 * over it. Readers take no lock: they see one file or the other.
 */
final class Replacement {
    private Replacement() {}

    /** A hash of the content: as with object stores, the same content is the same version. */
    static String versionOf(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** @return whether the file was of that version, and is the new one now */
    static boolean replace(Path temporary, Path target, String version) throws IOException {
        return DirectoryLock.hold(target, temporary.getFileName().toString(), held -> {
            if (!isOf(version, target)) {
                return false;
            }
            held.check();
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        });
    }

    private static boolean isOf(String version, Path target) throws IOException {
        try {
            return versionOf(Files.readAllBytes(target)).equals(version);
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
