package stream.weir.store.directory;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** Gives a finished temporary file its final name unless the name is taken: one caller at most succeeds. */
interface Claim {
    /** @throws FileAlreadyExistsException when the name is taken */
    void claim(Path temporary, Path target) throws IOException;

    /** A hard link, which the file system refuses when the name exists; a lock where there are no links. */
    static Claim preferred() {
        return orLocked(linked());
    }

    static Claim orLocked(Claim first) {
        return (temporary, target) -> {
            try {
                first.claim(temporary, target);
            } catch (UnsupportedOperationException e) {
                locked().claim(temporary, target);
            } catch (FileSystemException e) {
                if (!saysUnsupported(e)) {
                    throw e;
                }
                locked().claim(temporary, target);
            }
        };
    }

    static Claim linked() {
        return (temporary, target) -> Files.createLink(target, temporary);
    }

    /** For file systems without links. */
    static Claim locked() {
        return (temporary, target) ->
                DirectoryLock.hold(target, temporary.getFileName().toString(), held -> {
                    if (Files.exists(target)) {
                        throw new FileAlreadyExistsException(target.toString());
                    }
                    held.check();
                    return Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
                });
    }

    private static boolean saysUnsupported(FileSystemException e) {
        if (e instanceof FileAlreadyExistsException || e instanceof NoSuchFileException || e.getReason() == null) {
            return false;
        }
        // What Linux says on FAT and some network file systems; the JDK has no type of its own for it.
        String reason = e.getReason().toLowerCase(Locale.ROOT);
        return reason.contains("operation not permitted") || reason.contains("not supported");
    }
}
