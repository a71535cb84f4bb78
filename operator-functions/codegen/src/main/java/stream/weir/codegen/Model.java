package stream.weir.codegen;

import java.util.List;
import java.util.Optional;

/** What is known of a type for which a codec is written. */
sealed interface Model {
    Names names();

    /**
     * @param packageName empty for the unnamed package
     * @param type qualified name in Java source
     * @param codec simple name of the codec
     * @param isPublic whether the type, and so the codec, is
     */
    record Names(String packageName, String type, String codec, boolean isPublic) {
        String qualifiedCodec() {
            return qualified(codec);
        }

        String qualified(String simpleName) {
            return packageName.isEmpty() ? simpleName : packageName + "." + simpleName;
        }

        /** The type's name without its package, for messages. */
        String shortType() {
            return packageName.isEmpty() ? type : type.substring(packageName.length() + 1);
        }
    }

    record RecordOf(Names names, List<Component> components) implements Model {}

    /** @param variants records, in the order of the permits clause */
    record UnionOf(Names names, List<Type.Generated> variants) implements Model {}

    record EnumOf(Names names) implements Model {}

    /**
     * @param java the declared type in Java source
     * @param defaultHex the encoding of what an absent component stands for
     */
    record Component(String name, String java, Type type, Presence presence, Optional<String> defaultHex) {}

    /** How a component may be absent. */
    enum Presence {
        PRIMITIVE,
        REQUIRED,
        NULLABLE,
        OPTIONAL
    }
}
