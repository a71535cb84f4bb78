package stream.weir.codegen;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles sources with the processor; nothing touches the disk. */
final class InMemoryCompiler {
    private InMemoryCompiler() {}

    /**
     * @param errors what the compiler said, one text each
     * @param outputs generated sources and resources by path, classes by name
     */
    record Result(List<String> errors, Map<String, byte[]> outputs) {
        String source(String path) {
            byte[] content = outputs.get(path);
            if (content == null) {
                throw new AssertionError("no " + path + " among " + outputs.keySet());
            }
            return new String(content, StandardCharsets.UTF_8);
        }

        /** A loader of the classes that were compiled, which also finds the generated service file. */
        ClassLoader loader() {
            return new Loader(outputs);
        }
    }

    /** Each source is a whole file whose first type's name is that of the file, in the package {@code demo}. */
    static Result compile(String... sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        Map<String, byte[]> outputs = new HashMap<>();
        Memory files =
                new Memory(compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8), outputs);
        List<JavaFileObject> units = Arrays.stream(sources)
                .<JavaFileObject>map(InMemoryCompiler::unit)
                .toList();
        JavaCompiler.CompilationTask task = compiler.getTask(
                null, files, diagnostics, List.of("-parameters", "-Xlint:all", "-Xlint:-processing"), null, units);
        task.setProcessors(List.of(new CodecProcessor()));
        task.call();
        List<String> errors = diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                .toList();
        return new Result(errors, outputs);
    }

    private static JavaFileObject unit(String source) {
        String type = source.replaceFirst("(?s).*?\\b(?:record|interface|enum|class) (\\w+).*", "$1");
        String text = "package demo; import java.util.*; import java.time.*; import java.math.*;"
                + " import stream.weir.api.codec.*; import org.jspecify.annotations.Nullable;\n" + source;
        return new SimpleJavaFileObject(URI.create("memory:///demo/" + type + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private static final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, byte[]> outputs;

        Memory(StandardJavaFileManager files, Map<String, byte[]> outputs) {
            super(files);
            this.outputs = outputs;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            String path = kind == JavaFileObject.Kind.CLASS ? className : className.replace('.', '/') + kind.extension;
            return new Output(path, kind, outputs);
        }

        @Override
        public FileObject getFileForOutput(
                JavaFileManager.Location location, String packageName, String relativeName, FileObject sibling) {
            return new Output(relativeName, JavaFileObject.Kind.OTHER, outputs);
        }
    }

    private static final class Output extends SimpleJavaFileObject {
        private final String path;
        private final Map<String, byte[]> outputs;

        Output(String path, JavaFileObject.Kind kind, Map<String, byte[]> outputs) {
            super(URI.create("memory:///" + path), kind);
            this.path = path;
            this.outputs = outputs;
        }

        @Override
        public OutputStream openOutputStream() {
            return new ByteArrayOutputStream() {
                @Override
                public void close() {
                    outputs.put(path, toByteArray());
                }
            };
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return new String(outputs.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
        }
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> outputs;

        Loader(Map<String, byte[]> outputs) {
            super(InMemoryCompiler.class.getClassLoader());
            this.outputs = outputs;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] content = outputs.get(name);
            if (content == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, content, 0, content.length);
        }

        @Override
        protected Enumeration<URL> findResources(String name) {
            byte[] content = outputs.get(name);
            return content == null
                    ? Collections.emptyEnumeration()
                    : Collections.enumeration(List.of(url(name, content)));
        }

        private static URL url(String name, byte[] content) {
            try {
                return URL.of(URI.create("memory:///" + name), new URLStreamHandler() {
                    @Override
                    protected URLConnection openConnection(URL url) {
                        return new URLConnection(url) {
                            @Override
                            public void connect() {}

                            @Override
                            public InputStream getInputStream() {
                                return new ByteArrayInputStream(content);
                            }
                        };
                    }
                });
            } catch (java.net.MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
