package stream.weir.store.s3;

import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import stream.weir.store.StoreException;
import stream.weir.store.open.MountedSecret;

/** The files of a secret, as they are when a request is made. */
record MountedCredentials(Path folder) implements AwsCredentialsProvider {
    @Override
    public AwsCredentials resolveCredentials() {
        try {
            MountedSecret secret = MountedSecret.read(folder);
            Optional<String> token = secret.sessionToken();
            return token.isPresent()
                    ? AwsSessionCredentials.create(secret.accessKey(), secret.secretKey(), token.get())
                    : AwsBasicCredentials.create(secret.accessKey(), secret.secretKey());
        } catch (StoreException e) {
            throw SdkClientException.create(String.valueOf(e.getMessage()), e);
        }
    }
}
