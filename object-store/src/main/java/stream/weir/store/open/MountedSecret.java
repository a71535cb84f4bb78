package stream.weir.store.open;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;
import stream.weir.store.StoreFailure;

/** Keys from the files of a mounted secret. */
public record MountedSecret(String accessKey, String secretKey, Optional<String> sessionToken) {
    private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
    private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";
    private static final String SESSION_TOKEN = "AWS_SESSION_TOKEN";

    /** @throws StoreException when a file is missing */
    public static MountedSecret read(Path folder) throws StoreException {
        try {
            Path token = folder.resolve(SESSION_TOKEN);
            return new MountedSecret(
                    line(folder.resolve(ACCESS_KEY)),
                    line(folder.resolve(SECRET_KEY)),
                    Files.exists(token) ? Optional.of(line(token)) : Optional.empty());
        } catch (IOException e) {
            throw new StoreException(
                    "Cannot read the credentials in " + folder + ", files " + ACCESS_KEY + " and " + SECRET_KEY + ": "
                            + e,
                    Outcome.NOT_APPLIED,
                    StoreFailure.CREDENTIALS_REFUSED,
                    e);
        }
    }

    private static String line(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    @Override
    public String toString() {
        return "MountedSecret[" + accessKey + "]";
    }
}
