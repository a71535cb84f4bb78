package stream.weir.codegen;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;

/** The encoding of what {@link stream.weir.api.codec.Default} says. */
final class DefaultReader {
    private final Errors errors;

    DefaultReader(Errors errors) {
        this.errors = errors;
    }

    /** @return in hexadecimal; empty after an error was reported */
    Optional<String> read(String text, Type type, TypeMirror declared, Element component) {
        ByteWriter out = new ByteWriter();
        try {
            if (type instanceof Type.Simple simple) {
                return write(simple, text, out) ? Optional.of(hex(out)) : unsupported(component);
            }
            if (type instanceof Type.EnumOf) {
                out.writeVarInt(constant(text, declared));
                return Optional.of(hex(out));
            }
            return unsupported(component);
        } catch (IllegalArgumentException e) {
            errors.report(
                    component,
                    "@Default(\"" + text + "\") is not a value of " + component.getSimpleName() + " (" + e.getMessage()
                            + ")",
                    "write one as Java spells it, without quotes and suffixes");
            return Optional.empty();
        }
    }

    private static boolean write(Type.Simple type, String text, ByteWriter out) {
        switch (type.primitive()) {
            case "BOOL" -> out.writeBoolean(bool(text));
            case "INT8" -> out.writeByte(Byte.parseByte(text));
            case "INT16" -> out.writeShort(Short.parseShort(text));
            case "INT32" -> out.writeInt(Integer.parseInt(text));
            case "INT64" -> out.writeLong(Long.parseLong(text));
            case "FLOAT" -> out.writeFloat(Float.parseFloat(text));
            case "DOUBLE" -> out.writeDouble(Double.parseDouble(text));
            case "CHAR" -> out.writeShort(character(text));
            case "STRING" -> out.writeString(text);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean bool(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("true and false are the values");
        }
        return text.equals("true");
    }

    private static char character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("one character, not " + text.length());
        }
        return text.charAt(0);
    }

    private static int constant(String text, TypeMirror declared) {
        TypeElement element = (TypeElement) ((DeclaredType) declared).asElement();
        List<String> names = element.getEnclosedElements().stream()
                .filter(member -> member.getKind() == ElementKind.ENUM_CONSTANT)
                .map(member -> member.getSimpleName().toString())
                .toList();
        int index = names.indexOf(text);
        if (index < 0) {
            throw new IllegalArgumentException("the constants are " + names);
        }
        return index;
    }

    private Optional<String> unsupported(Element component) {
        errors.report(
                component,
                "@Default cannot be used on " + component.getSimpleName()
                        + ", it is for primitives and their boxes, String and enums",
                "make the component Optional or @Nullable, then absent means empty or null");
        return Optional.empty();
    }

    private static String hex(ByteWriter out) {
        return Bytes.of(out.toByteArray()).toHex();
    }
}
