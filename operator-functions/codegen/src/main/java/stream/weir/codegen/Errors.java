package stream.weir.codegen;

import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/** Reports compile errors: the element, the reason, and what to do. */
final class Errors {
    private final Messager messager;

    Errors(Messager messager) {
        this.messager = messager;
    }

    void report(Element element, String what, String remedy) {
        messager.printMessage(Diagnostic.Kind.ERROR, what + ": " + remedy, element);
    }
}
