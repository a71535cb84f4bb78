package stream.weir.codegen;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;

/** Writes the class that makes the codecs of one package known to {@link stream.weir.api.codec.Codecs#of(Class)}. */
final class ProviderWriter {
    private ProviderWriter() {}

    /** Unique for the types, so that several modules, and main and test code, can share a package. */
    static String name(List<Model.Names> codecs) {
        CRC32 checksum = new CRC32();
        for (Model.Names codec : sorted(codecs)) {
            checksum.update((codec.type() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return "GeneratedCodecs" + String.format("%08x", checksum.getValue());
    }

    static String source(List<Model.Names> codecs) {
        String packageName = codecs.getFirst().packageName();
        String name = name(codecs);
        Source source = new Source();
        if (!packageName.isEmpty()) {
            source.line("package " + packageName + ";").blank();
        }
        source.line("/** Generated; makes the codecs of this package known. */")
                .line("@javax.annotation.processing.Generated(\"stream.weir.codegen.CodecProcessor\")")
                .open("public final class " + name + " implements stream.weir.api.codec.CodecProvider")
                .line("/** For the service loader. */")
                .line("public " + name + "() {}")
                .blank()
                .line("@Override")
                .open("public java.util.Map<java.lang.Class<?>, stream.weir.api.codec.Codec<?>> codecs()")
                .line(
                        "java.util.Map<java.lang.Class<?>, stream.weir.api.codec.Codec<?>> codecs = new java.util.HashMap<>();");
        for (Model.Names codec : sorted(codecs)) {
            source.line("codecs.put(" + codec.type() + ".class, " + codec.codec() + ".INSTANCE);");
        }
        return source.line("return codecs;").close().close().toString();
    }

    private static List<Model.Names> sorted(List<Model.Names> codecs) {
        return codecs.stream().sorted(Comparator.comparing(Model.Names::type)).toList();
    }
}
