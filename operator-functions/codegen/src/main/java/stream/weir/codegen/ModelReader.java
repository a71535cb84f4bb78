package stream.weir.codegen;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import stream.weir.api.codec.Default;
import stream.weir.api.codec.Encoded;

/** Reads an annotated type; reports everything that is wrong with it, then returns nothing. */
final class ModelReader {
    private final Errors errors;
    private final TypeReader types;
    private final DefaultReader defaults;

    ModelReader(Errors errors) {
        this.errors = errors;
        this.types = new TypeReader(errors);
        this.defaults = new DefaultReader(errors);
    }

    Optional<Model> read(TypeElement type) {
        if (!type.getTypeParameters().isEmpty()) {
            return refuse(type, "it has type parameters", "write a record for each type that is needed");
        }
        if (isPrivate(type)) {
            return refuse(type, "it is private, or within a private type", "make it package-private at least");
        }
        return switch (type.getKind()) {
            case RECORD -> record(type);
            case ENUM -> Optional.of(new Model.EnumOf(TypeReader.names(type)));
            case INTERFACE -> union(type);
            default -> refuse(type, "a class is not known by its components", "make it a record");
        };
    }

    private Optional<Model> record(TypeElement type) {
        List<Model.Component> components = new ArrayList<>();
        for (RecordComponentElement component : type.getRecordComponents()) {
            component(component).ifPresent(components::add);
        }
        return components.size() == type.getRecordComponents().size()
                ? Optional.of(new Model.RecordOf(TypeReader.names(type), components))
                : Optional.empty();
    }

    private Optional<Model.Component> component(RecordComponentElement component) {
        Optional<Type> type = types.read(component.asType(), component);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        return type.get() instanceof Type.OptionalOf optional
                ? optional(component, optional)
                : valued(component, type.get());
    }

    private Optional<Model.Component> optional(RecordComponentElement component, Type.OptionalOf type) {
        String name = component.getSimpleName().toString();
        if (isNullable(component) || component.getAnnotation(Default.class) != null) {
            errors.report(
                    component, name + " is an Optional, which is empty where it is absent", "remove the annotation");
            return Optional.empty();
        }
        return Optional.of(
                new Model.Component(name, type.java(), type.of(), Model.Presence.OPTIONAL, Optional.empty()));
    }

    private Optional<Model.Component> valued(RecordComponentElement component, Type type) {
        String name = component.getSimpleName().toString();
        TypeMirror declared = component.asType();
        Model.Presence presence = presence(component);
        if (declared.getKind().isPrimitive() && presence == Model.Presence.NULLABLE) {
            errors.report(
                    component,
                    name + " is " + declared.getKind().name().toLowerCase(Locale.ROOT) + " and can never be null",
                    "use the boxed type, or no @Nullable");
            return Optional.empty();
        }
        Default annotation = component.getAnnotation(Default.class);
        Optional<String> defaultHex = annotation == null
                ? natural(type, presence)
                : defaults.read(annotation.value(), type, declared, component);
        if (annotation != null && defaultHex.isEmpty()) {
            return Optional.empty();
        }
        String source =
                presence == Model.Presence.PRIMITIVE ? declared.getKind().name().toLowerCase(Locale.ROOT) : type.java();
        return Optional.of(new Model.Component(name, source, type, presence, defaultHex));
    }

    private static Model.Presence presence(RecordComponentElement component) {
        if (isNullable(component)) {
            return Model.Presence.NULLABLE;
        }
        return component.asType().getKind().isPrimitive() ? Model.Presence.PRIMITIVE : Model.Presence.REQUIRED;
    }

    /** An absent list or map is empty: the count 0. */
    private static Optional<String> natural(Type type, Model.Presence presence) {
        return presence != Model.Presence.NULLABLE && (type instanceof Type.ListOf || type instanceof Type.MapOf)
                ? Optional.of("00")
                : Optional.empty();
    }

    private Optional<Model> union(TypeElement type) {
        if (!type.getModifiers().contains(Modifier.SEALED)) {
            return refuse(type, "the interface is not sealed, so its variants are not known", "make it sealed");
        }
        Set<TypeElement> variants = new LinkedHashSet<>();
        if (!collect(type, type, variants)) {
            return Optional.empty();
        }
        List<Type.Generated> generated =
                variants.stream().map(TypeReader::generated).toList();
        return Optional.of(new Model.UnionOf(TypeReader.names(type), generated));
    }

    /** The records below a sealed interface, those below sealed interfaces within it included. */
    private boolean collect(TypeElement union, TypeElement type, Set<TypeElement> variants) {
        boolean fine = true;
        for (TypeMirror permitted : type.getPermittedSubclasses()) {
            TypeElement variant = (TypeElement) ((DeclaredType) permitted).asElement();
            if (variant.getKind() == ElementKind.INTERFACE
                    && variant.getModifiers().contains(Modifier.SEALED)) {
                fine &= collect(union, variant, variants);
            } else if (variant.getKind() != ElementKind.RECORD) {
                refuse(union, "its variant " + variant.getSimpleName() + " is not a record", "make it a record");
                fine = false;
            } else if (variant.getAnnotation(Encoded.class) == null) {
                String name = variant.getSimpleName().toString();
                refuse(union, "its variant " + name + " has no codec", "annotate " + name + " with @Encoded");
                fine = false;
            } else {
                variants.add(variant);
            }
        }
        return fine;
    }

    private static boolean isNullable(RecordComponentElement component) {
        List<AnnotationMirror> annotations = Stream.of(
                        component.getAnnotationMirrors().stream(),
                        component.asType().getAnnotationMirrors().stream(),
                        component.getAccessor().getAnnotationMirrors().stream(),
                        component.getAccessor().getReturnType().getAnnotationMirrors().stream())
                .<AnnotationMirror>flatMap(each -> each)
                .toList();
        return TypeReader.isNullable(annotations);
    }

    private static boolean isPrivate(TypeElement type) {
        return Nesting.types(type).stream().anyMatch(each -> each.getModifiers().contains(Modifier.PRIVATE));
    }

    private Optional<Model> refuse(TypeElement type, String reason, String remedy) {
        errors.report(type, type.getSimpleName() + " cannot be encoded: " + reason, remedy);
        return Optional.empty();
    }
}
