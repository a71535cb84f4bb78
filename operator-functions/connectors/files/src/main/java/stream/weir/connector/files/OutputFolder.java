package stream.weir.connector.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import stream.weir.api.codec.Bytes;
import stream.weir.api.sink.SinkContext;

/** The folder of a sink: its owner, and the steps by which a file becomes visible. */
final class OutputFolder {
    private final Path path;

    private OutputFolder(Path path) {
        this.path = path;
    }

    /**
     * Takes the folder and removes what earlier runs prepared beyond the restored checkpoint.
     *
     * @throws UnwritableFolderException when it cannot be written or belongs to another stage or pipeline
     */
    static OutputFolder open(Path path, SinkContext context) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        create(absolute);
        own(absolute, context);
        removeLeftovers(absolute, context);
        return new OutputFolder(absolute);
    }

    private static void create(Path path) throws UnwritableFolderException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new UnwritableFolderException(
                    "cannot write to " + path + ": it is a file; a file sink writes into a folder of its own");
        }
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UnwritableFolderException("cannot create the folder " + path + ": " + e, e);
        }
        if (!Files.isWritable(path)) {
            throw new UnwritableFolderException("cannot write to the folder " + path + ": permission denied");
        }
    }

    /**
     * Looks before and after: of two that take a folder at the same time at least one sees the other, so that never both go on.
     */
    private static void own(Path path, SinkContext context) throws IOException {
        refuseOthers(path, context);
        Path owner = path.resolve(FileNames.owner(context));
        if (Files.exists(owner)) {
            return;
        }
        try {
            Files.createFile(owner);
        } catch (FileAlreadyExistsException e) {
            return; // another replica of the stage was faster
        } catch (IOException e) {
            throw new UnwritableFolderException("cannot write to the folder " + path + ": " + e, e);
        }
        try {
            refuseOthers(path, context);
        } catch (UnwritableFolderException e) {
            Files.deleteIfExists(owner);
            throw e;
        }
        sync(path);
    }

    private static void refuseOthers(Path path, SinkContext context) throws IOException {
        for (String name : names(path)) {
            if (FileNames.isOwner(name) && !name.equals(FileNames.owner(context))) {
                throw new UnwritableFolderException("cannot write to " + path + " for the stage " + context.stage()
                        + " of the pipeline " + context.pipeline() + ": it belongs to " + FileNames.ownerText(name)
                        + "; give the sink another path, or remove " + path.resolve(name) + " if that one is gone");
            }
        }
    }

    /**
     * Earlier runs are over, and of their transactions only the restored ones are still needed. In its own run a replica has
     * written nothing yet, but its neighbours may have; what a later run wrote is not ours to judge.
     */
    private static void removeLeftovers(Path path, SinkContext context) throws IOException {
        Set<String> needed = new HashSet<>();
        for (Bytes transaction : context.restored()) {
            needed.add(Transaction.decode(transaction).hidden());
        }
        for (String name : names(path)) {
            Optional<FileNames.Writer> writer = FileNames.writer(name, context);
            boolean over = writer.filter(who -> who.run() < context.run()
                            || (who.run() == context.run() && who.replica() == context.replica()))
                    .isPresent();
            if (over && !needed.contains(name)) {
                Files.deleteIfExists(path.resolve(name));
            }
        }
    }

    private static List<String> names(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UnwritableFolderException("cannot list the folder " + path + ": " + e, e);
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** {@code name}, or where such a file is there already, left by a pipeline that started anew, a name next to it. */
    String free(String name) {
        if (!Files.exists(path.resolve(name))) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        int number = 1;
        while (Files.exists(path.resolve(name.substring(0, dot) + "-" + number + name.substring(dot)))) {
            number++;
        }
        return name.substring(0, dot) + "-" + number + name.substring(dot);
    }

    /**
     * Makes the transaction's file visible; does nothing where it is.
     *
     * @throws UnwritableFolderException when the file is not there or not what was prepared
     */
    void commit(Transaction transaction) throws IOException {
        Path hidden = path.resolve(transaction.hidden());
        Path visible = path.resolve(transaction.visible());
        boolean waiting = Files.exists(hidden);
        boolean committed = Files.exists(visible);
        if (waiting && committed) {
            throw problem(transaction, "both " + hidden + " and " + visible + " exist; nothing is overwritten");
        }
        if (!waiting && !committed) {
            throw problem(
                    transaction,
                    "its data is missing: neither " + hidden + " nor " + visible + " exists; if "
                            + visible.getFileName() + " was moved away, put it back");
        }
        Path present = waiting ? hidden : visible;
        long length = Files.size(present);
        if (length != transaction.length()) {
            throw problem(transaction, present + " is " + length + " bytes long instead of " + transaction.length());
        }
        if (waiting) {
            Files.move(hidden, visible, StandardCopyOption.ATOMIC_MOVE);
        }
        sync();
    }

    /** @throws UnwritableFolderException when the hidden file is there with another content than was prepared */
    void verify(Transaction transaction) throws IOException {
        Path hidden = path.resolve(transaction.hidden());
        if (Files.exists(hidden)) {
            int found = Checksums.crc32c(hidden);
            if (found != transaction.crc32c()) {
                throw problem(
                        transaction,
                        String.format("CRC32C of %s is %08x instead of %08x", hidden, found, transaction.crc32c()));
            }
        }
    }

    private UnwritableFolderException problem(Transaction transaction, String reason) {
        return new UnwritableFolderException(
                "cannot commit the rows of checkpoint " + transaction.checkpoint() + " to " + path + ": " + reason);
    }

    /** Brings the names of the folder's files to where a crash cannot reach them. */
    void sync() throws IOException {
        sync(path);
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
