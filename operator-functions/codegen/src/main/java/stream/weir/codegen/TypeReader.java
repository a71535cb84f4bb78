package stream.weir.codegen;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import stream.weir.api.codec.Encoded;

/** Turns the types of components into {@link Type}s, or says why they cannot be encoded. */
final class TypeReader {
    private static final Set<String> UNORDERED = Set.of(
            "java.util.Set", "java.util.HashSet", "java.util.Collection", "java.lang.Iterable", "java.util.EnumSet");

    private final Errors errors;

    TypeReader(Errors errors) {
        this.errors = errors;
    }

    /**
     * @param component where errors are reported
     * @return empty after an error was reported
     */
    Optional<Type> read(TypeMirror type, Element component) {
        Optional<Type.Simple> simple = SimpleTypes.find(bareName(type));
        if (simple.isPresent()) {
            return Optional.of(simple.get());
        }
        return switch (type.getKind()) {
            case DECLARED -> declared((DeclaredType) type, component);
            case ARRAY -> refuse(component, type, "of all arrays only byte[] can be encoded", "use a List");
            case TYPEVAR, WILDCARD ->
                refuse(component, type, "type parameters are not known when the codec is written", "name a type");
            case ERROR -> Optional.empty(); // the compiler reports it
            default -> refuse(component, type, "it has no encoding", "use another type");
        };
    }

    private Optional<Type> declared(DeclaredType type, Element component) {
        TypeElement element = (TypeElement) type.asElement();
        return switch (element.getQualifiedName().toString()) {
            case "java.util.List" -> argument(type, 0, component).map(Type.ListOf::new);
            case "java.util.Optional" -> argument(type, 0, component).map(Type.OptionalOf::new);
            case "java.util.Map" -> map(type, component);
            default -> named(element, type, component);
        };
    }

    private Optional<Type> map(DeclaredType type, Element component) {
        Optional<Type> key = argument(type, 0, component);
        if (key.isPresent() && key.get().java().equals("byte[]")) {
            return refuse(
                    component, type, "equal arrays are not equal keys", "use stream.weir.api.codec.Bytes as the key");
        }
        Optional<Type> value = key.isPresent() ? argument(type, 1, component) : Optional.empty();
        return value.map(present -> new Type.MapOf(key.orElseThrow(), present));
    }

    private Optional<Type> argument(DeclaredType type, int index, Element component) {
        List<? extends TypeMirror> arguments = type.getTypeArguments();
        if (arguments.size() <= index) {
            return refuse(component, type, "the type of its elements is missing", "name it, as in List<String>");
        }
        TypeMirror argument = arguments.get(index);
        if (isNullable(argument.getAnnotationMirrors())) {
            return refuse(component, type, "elements cannot be null", "use Optional as the element");
        }
        return read(argument, component);
    }

    private Optional<Type> named(TypeElement element, DeclaredType type, Element component) {
        if (element.getKind() == ElementKind.ENUM) {
            return Optional.of(new Type.EnumOf(element.getQualifiedName().toString()));
        }
        if (element.getAnnotation(Encoded.class) != null) {
            return Optional.of(generated(element));
        }
        String name = element.getSimpleName().toString();
        String qualified = element.getQualifiedName().toString();
        if (element.getKind() == ElementKind.RECORD || element.getModifiers().contains(Modifier.SEALED)) {
            return refuse(component, type, name + " has no codec", "annotate " + name + " with @Encoded");
        }
        if (UNORDERED.contains(qualified)) {
            return refuse(
                    component,
                    type,
                    "its order is not fixed, so equal values could have different bytes",
                    "use a List, or a Map with the elements as keys");
        }
        if (qualified.startsWith("java.util.")) {
            return refuse(component, type, "collections are declared by their interface", "use List, Map or Optional");
        }
        if (qualified.equals("java.lang.Object")) {
            return refuse(
                    component, type, "any value could be in it", "name a type, or use a sealed interface of records");
        }
        return refuse(
                component,
                type,
                "what it holds is not known, and its hash may differ from process to process",
                "use a record with @Encoded, or one of the types that the documentation of @Encoded lists");
    }

    static Type.Generated generated(TypeElement element) {
        return new Type.Generated(
                element.getQualifiedName().toString(), names(element).qualifiedCodec());
    }

    /** The names of a type's codec: {@code Outer_InnerCodec} for a nested type. */
    static Model.Names names(TypeElement type) {
        List<Element> types = Nesting.types(type).reversed();
        String codec = types.stream()
                .map(each -> each.getSimpleName().toString())
                .collect(Collectors.joining("_", "", "Codec"));
        boolean isPublic =
                types.stream().allMatch(each -> each.getModifiers().contains(Modifier.PUBLIC) || isInInterface(each));
        return new Model.Names(
                Nesting.packageName(type), type.getQualifiedName().toString(), codec, isPublic);
    }

    /** Members of interfaces are public without saying so. */
    private static boolean isInInterface(Element element) {
        return Nesting.around(element).getKind() == ElementKind.INTERFACE;
    }

    static boolean isNullable(List<? extends AnnotationMirror> annotations) {
        return annotations.stream().anyMatch(annotation -> annotation
                .getAnnotationType()
                .asElement()
                .getSimpleName()
                .contentEquals("Nullable"));
    }

    /** Without the annotations that a type's text would have. */
    private static String bareName(TypeMirror type) {
        if (type.getKind() == TypeKind.DECLARED) {
            return ((TypeElement) ((DeclaredType) type).asElement())
                    .getQualifiedName()
                    .toString();
        }
        if (type.getKind() == TypeKind.ARRAY) {
            TypeMirror element = ((ArrayType) type).getComponentType();
            return element.getKind() == TypeKind.BYTE ? "byte[]" : "";
        }
        return type.getKind().isPrimitive() ? type.getKind().name().toLowerCase(Locale.ROOT) : "";
    }

    private Optional<Type> refuse(Element component, TypeMirror type, String reason, String remedy) {
        String where = Nesting.around(component).getSimpleName() + "." + component.getSimpleName();
        errors.report(component, where + " of type " + type + " cannot be encoded: " + reason, remedy);
        return Optional.empty();
    }
}
