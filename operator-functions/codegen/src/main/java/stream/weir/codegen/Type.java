package stream.weir.codegen;

/** The type of a component as far as its encoding goes. */
sealed interface Type {
    /** The type in Java source, boxed, with qualified names. */
    String java();

    /**
     * A type without parts.
     *
     * @param write the call that writes {@code $v} to {@code $o}
     * @param read the call that reads from {@code $i}
     * @param primitive the schema's constant
     */
    record Simple(String java, String primitive, String write, String read) implements Type {}

    record EnumOf(String java) implements Type {}

    record ListOf(Type element) implements Type {
        @Override
        public String java() {
            return "java.util.List<" + element.java() + ">";
        }
    }

    record MapOf(Type key, Type value) implements Type {
        @Override
        public String java() {
            return "java.util.Map<" + key.java() + ", " + value.java() + ">";
        }
    }

    record OptionalOf(Type of) implements Type {
        @Override
        public String java() {
            return "java.util.Optional<" + of.java() + ">";
        }
    }

    /** @param codec qualified name of the codec that is generated for it, now or when it was compiled */
    record Generated(String java, String codec) implements Type {}
}
