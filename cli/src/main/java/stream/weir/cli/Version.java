package stream.weir.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Versions of Weir and of the JVM it runs on. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String weir = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        return new String[] {"weir " + weir, "on " + System.getProperty("java.vm.name") + " " + Runtime.version()};
    }
}
