package stream.weir.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/**
 * Where images come from and go to. Credentials are those of {@code docker login}, with its credential helpers.
 *
 * @param access whether plain HTTP is allowed
 * @param caches folder for layers, kept from one build to the next
 */
record Registry(Access access, Path caches) {
    /** How a registry is talked to. */
    enum Access {
        /** HTTPS, with a certificate that is trusted. */
        SECURE,
        /** HTTP too, or a certificate that is not trusted. */
        INSECURE
    }

    /** An image that is to grow from a base. */
    JibContainerBuilder from(String base) throws ImageFailedException {
        try {
            return Jib.from(authenticated(base));
        } catch (InvalidImageReferenceException e) {
            throw new ImageFailedException("'" + base + "' is no name of an image (HOST/NAME:TAG)", e);
        }
    }

    /** @return the digest of what was pushed */
    String push(JibContainerBuilder image, String name) throws ImageFailedException {
        try {
            return containerize(image, Containerizer.to(authenticated(name)), "push " + name)
                    .getDigest()
                    .toString();
        } catch (InvalidImageReferenceException e) {
            throw new ImageFailedException("'" + name + "' is no name of an image (HOST/NAME:TAG)", e);
        }
    }

    /** Writes the image with all layers of its base to a file, as {@code docker save} does. */
    void save(JibContainerBuilder image, Path file) throws ImageFailedException {
        try {
            containerize(image, Containerizer.to(TarImage.at(file).named("weir/base")), "fetch the base image");
        } catch (InvalidImageReferenceException e) {
            throw new ImageFailedException("not a name of an image", e);
        }
    }

    private JibContainer containerize(JibContainerBuilder image, Containerizer to, String what)
            throws ImageFailedException {
        try {
            return image.containerize(to.setAllowInsecureRegistries(access == Access.INSECURE)
                    .setToolName("weir")
                    .setBaseImageLayersCache(caches.resolve("base"))
                    .setApplicationLayersCache(caches.resolve("application")));
        } catch (RegistryException | IOException | CacheDirectoryCreationException | ExecutionException e) {
            throw new ImageFailedException("could not " + what + ": " + innermost(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageFailedException("interrupted", e);
        }
    }

    private static RegistryImage authenticated(String name) throws InvalidImageReferenceException {
        CredentialRetrieverFactory credentials =
                CredentialRetrieverFactory.forImage(ImageReference.parse(name), (LogEvent event) -> {});
        return RegistryImage.named(name)
                .addCredentialRetriever(credentials.dockerConfig())
                .addCredentialRetriever(credentials.wellKnownCredentialHelpers());
    }

    private static String innermost(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }
}
