package stream.weir.network.service;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import java.io.Serial;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings {@code weir.network.tls} as those of the configuration {@code weir} of Quarkus' TLS registry, where that has no settings
 * of its own. There is no such configuration, and so no TLS, where neither is set: that is why expressions in a file of properties,
 * which are always there, cannot do it.
 */
public final class NetworkTlsKeys implements ConfigSourceInterceptor {
    @Serial
    private static final long serialVersionUID = 1;

    private static final String OURS = "weir.network.tls.";
    private static final String CERTIFICATE = OURS + "certificate";
    private static final String THEIRS = "quarkus.tls." + NetworkCertificates.NAME + ".";
    private static final String RELOAD_PERIOD = THEIRS + "reload-period";
    private static final String LOOK_EVERY = "5s";
    private static final Map<String, String> ALIASES = Map.of(
            THEIRS + "key-store.pem.0.cert",
            CERTIFICATE,
            THEIRS + "key-store.pem.0.key",
            OURS + "key",
            THEIRS + "trust-store.pem.certs",
            OURS + "authority");

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue own = context.proceed(name);
        if (own != null || !name.startsWith(THEIRS)) {
            return own;
        }
        if (name.equals(RELOAD_PERIOD)) {
            ConfigValue certificate = context.proceed(CERTIFICATE);
            return certificate == null ? null : certificate.withName(name).withValue(LOOK_EVERY);
        }
        String alias = ALIASES.get(name);
        ConfigValue value = alias == null ? null : context.proceed(alias);
        return value == null ? null : value.withName(name);
    }

    @Override
    public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
        Set<String> names = new LinkedHashSet<>();
        context.iterateNames().forEachRemaining(names::add);
        ALIASES.forEach((name, alias) -> {
            if (context.proceed(alias) != null) {
                names.add(name);
            }
        });
        if (context.proceed(CERTIFICATE) != null) {
            names.add(RELOAD_PERIOD);
        }
        return names.iterator();
    }
}
