package stream.weir.codegen;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;
import stream.weir.api.codec.CodecProvider;
import stream.weir.api.codec.Encoded;

/** Writes a codec for each type with {@link Encoded}, and a {@link CodecProvider} for each package that has any. */
@SupportedAnnotationTypes("stream.weir.api.codec.Encoded")
public final class CodecProcessor extends AbstractProcessor {
    private final Set<String> providers = new TreeSet<>();

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Errors errors = new Errors(processingEnv.getMessager());
        ModelReader models = new ModelReader(errors);
        List<Model.Names> written = new ArrayList<>();
        for (Element element : round.getElementsAnnotatedWith(Encoded.class)) {
            models.read((TypeElement) element).ifPresent(model -> {
                write(model.names().qualifiedCodec(), CodecWriter.source(model), element, errors);
                written.add(model.names());
            });
        }
        Map<String, List<Model.Names>> packages = written.stream()
                .collect(Collectors.groupingBy(Model.Names::packageName, TreeMap::new, Collectors.toList()));
        packages.forEach((name, codecs) -> writeProvider(codecs, errors));
        if (round.processingOver() && !providers.isEmpty() && !round.errorRaised()) {
            writeServices();
        }
        return true;
    }

    private void writeProvider(List<Model.Names> codecs, Errors errors) {
        String name = codecs.getFirst().qualified(ProviderWriter.name(codecs));
        Element origin =
                processingEnv.getElementUtils().getTypeElement(codecs.getFirst().type());
        write(name, ProviderWriter.source(codecs), origin, errors);
        providers.add(name);
    }

    private void write(String name, String source, Element origin, Errors errors) {
        try (Writer out =
                processingEnv.getFiler().createSourceFile(name, origin).openWriter()) {
            out.write(source);
        } catch (IOException e) {
            errors.report(
                    origin,
                    "cannot write " + name + " (" + e + ")",
                    "see that there is no such class and that the disk has room");
        }
    }

    private void writeServices() {
        String file = "META-INF/services/" + CodecProvider.class.getName();
        try (Writer out = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", file)
                .openWriter()) {
            out.write(String.join("\n", providers) + "\n");
        } catch (IOException e) {
            processingEnv.getMessager().printError("cannot write " + file + " (" + e + "): see that the disk has room");
        }
    }
}
