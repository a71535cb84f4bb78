package stream.weir.verification.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
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
        Optional<String> why = Weir.whyNotAvailable();
        assumeTrue(why.isEmpty(), () -> "skipped: " + why.orElse(""));
        weir(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Weir.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return weir(context);
    }

    private static Weir weir(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(Weir.class, _ -> installed(), Weir.class);
    }

    private static Weir installed() {
        try {
            return Weir.install();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
