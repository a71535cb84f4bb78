package stream.weir.verification.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link Weir} of all of them, which is installed for the first and ends after the last. */
final class OnCluster implements BeforeAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(OnCluster.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<String> why = attempt(context).whyNot;
        assumeTrue(why.isEmpty(), () -> "skipped: " + why.orElse(""));
        attempt(context).weir();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Weir.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return attempt(context).weir();
    }

    private static Attempt attempt(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(Attempt.class, _ -> Attempt.make(), Attempt.class);
    }

    /** Made once: what the first class has started is no reason against the next, and what has failed fails again. */
    private record Attempt(
            Optional<Weir> installed, Optional<String> whyNot, Optional<IOException> failure, long begunNanos)
            implements AutoCloseable {
        static Attempt make() {
            long now = System.nanoTime();
            Optional<String> whyNot = Weir.whyNotAvailable();
            if (whyNot.isPresent()) {
                System.out.println("weir: the tests on a cluster are skipped: " + whyNot.get());
                return new Attempt(Optional.empty(), whyNot, Optional.empty(), now);
            }
            try {
                return new Attempt(Optional.of(Weir.install()), Optional.empty(), Optional.empty(), now);
            } catch (IOException e) {
                return new Attempt(Optional.empty(), Optional.empty(), Optional.of(e), now);
            }
        }

        Weir weir() {
            failure.ifPresent(why -> {
                throw new UncheckedIOException("Weir could not be installed on the cluster", why);
            });
            return installed.orElseThrow();
        }

        @Override
        public void close() throws IOException {
            if (installed.isPresent()) {
                installed.get().close();
                System.out.println("weir: the tests on a cluster took "
                        + Duration.ofNanos(System.nanoTime() - begunNanos).toSeconds() + " s, installation included");
            }
        }
    }
}
