package stream.weir.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;

/** What stands around an element of a source. */
final class Nesting {
    private Nesting() {}

    /** What encloses an element that is not a package. */
    static Element around(Element element) {
        return Objects.requireNonNull(element.getEnclosingElement(), () -> element + " is enclosed by nothing");
    }

    /** The type and those around it, from the inside out. */
    static List<Element> types(TypeElement type) {
        List<Element> types = new ArrayList<>();
        for (Element element = type; element.getKind() != ElementKind.PACKAGE; element = around(element)) {
            types.add(element);
        }
        return types;
    }

    static String packageName(TypeElement type) {
        return ((PackageElement) around(types(type).getLast()))
                .getQualifiedName()
                .toString();
    }
}
