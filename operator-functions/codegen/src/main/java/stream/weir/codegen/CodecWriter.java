package stream.weir.codegen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes the source of a codec from its model. */
final class CodecWriter {
    private static final List<String> IMPORTS =
            List.of("ByteReader", "ByteWriter", "Bytes", "Codec", "Encodings", "Evolution", "Schema", "SchemaScope");

    /** Matches what a qualified name begins with: a variable of that name would hide the package. */
    private static final Pattern ROOT = Pattern.compile("(?<![\\w.])\\w+");

    private final Model.Names names;
    private final TypeCode code = new TypeCode();

    private CodecWriter(Model.Names names) {
        this.names = names;
    }

    static String source(Model model) {
        CodecWriter writer = new CodecWriter(model.names());
        Source body = new Source();
        switch (model) {
            case Model.RecordOf record -> writer.record(record, body);
            case Model.UnionOf union -> writer.union(union, body);
            case Model.EnumOf ignored -> writer.enumeration(body);
        }
        writer.code.methods(body);
        return writer.around(body);
    }

    private String around(Source body) {
        Source source = new Source();
        if (!names.packageName().isEmpty()) {
            source.line("package " + names.packageName() + ";").blank();
        }
        for (String type : IMPORTS) {
            source.line("import stream.weir.api.codec." + type + ";");
        }
        source.blank()
                .line("/** Generated from {@link " + names.type() + "}; not to be changed by hand. */")
                .line("@javax.annotation.processing.Generated(\"stream.weir.codegen.CodecProcessor\")")
                .open((names.isPublic() ? "public " : "") + "final class " + names.codec() + " implements Codec<"
                        + names.type() + ">")
                .line("public static final " + names.codec() + " INSTANCE = new " + names.codec() + "();")
                .blank();
        code.constants(source);
        source.line("private " + names.codec() + "() {}")
                .blank()
                .append(instanceMethods())
                .append(body);
        return source.open("/** Made when it is first asked for, so that codecs of types in circles can be loaded. */\n"
                        + "    private static final class Lazy")
                .line("static final Schema SCHEMA = schemaWithin(SchemaScope.TOP);")
                .close()
                .close()
                .toString();
    }

    private Source instanceMethods() {
        return new Source()
                .line("@Override")
                .open("public void encode(" + names.type() + " value, ByteWriter out)")
                .line("write(value, out);")
                .close()
                .blank()
                .line("@Override")
                .open("public " + names.type() + " decode(ByteReader in)")
                .line("return read(in);")
                .close()
                .blank()
                .line("@Override")
                .open("public Schema schema()")
                .line("return Lazy.SCHEMA;")
                .close()
                .blank()
                .line("@Override")
                .open("public Codec<" + names.type() + "> reading(Schema written)")
                .line("return Evolution.reading(this, written);")
                .close()
                .blank();
    }

    private void record(Model.RecordOf record, Source body) {
        List<Field> fields = fields(record);
        recordWrite(fields, body);
        recordRead(fields, body);
        body.open("static java.util.List<Schema.Field> fields(SchemaScope scope)")
                .line("return java.util.List.of(");
        for (int i = 0; i < fields.size(); i++) {
            Model.Component component = fields.get(i).component;
            String type = code.schema(component.type(), "scope");
            String schema = fields.get(i).bit < 0 ? type : "new Schema.Nullable(" + type + ")";
            String absent = component
                    .defaultHex()
                    .map(hex -> ", java.util.Optional.of(Bytes.fromHex(\"" + hex + "\"))")
                    .orElse("");
            body.line("        new Schema.Field(\"" + component.name() + "\", " + schema + absent + ")"
                    + (i < fields.size() - 1 ? "," : ""));
        }
        body.line(");").close().blank();
        schemaMethod("Schema schemaWithin", "struct", names.codec() + "::fields", body);
        schemaMethod("Schema.Struct variantWithin", "variant", names.codec() + "::fields", body);
    }

    private void recordWrite(List<Field> fields, Source body) {
        body.open("public static void write(" + names.type() + " value, ByteWriter out)");
        for (Field field : fields) {
            String access = "value." + field.component.name() + "()";
            boolean checked = field.component.presence() == Model.Presence.REQUIRED
                    || field.component.presence() == Model.Presence.OPTIONAL;
            body.line(field.component.java() + " " + field.local + " = "
                    + (checked
                            ? "Encodings.present(" + access + ", \"" + names.shortType() + "." + field.component.name()
                                    + "\")"
                            : access)
                    + ";");
        }
        if (fields.isEmpty()) {
            body.line("out.writeByte(0);");
        }
        for (List<Field> eight : bitmap(fields)) {
            List<String> bits = new ArrayList<>();
            for (Field field : eight) {
                bits.add("(" + field.isAbsent() + " ? " + (1 << (field.bit & 7)) + " : 0)");
            }
            body.line("out.writeByte(" + String.join(" | ", bits) + ");");
        }
        for (Field field : fields) {
            if (field.bit < 0) {
                body.line(code.write(field.component.type(), field.local, "out") + ";");
            } else {
                body.open("if (!(" + field.isAbsent() + "))")
                        .line(code.write(field.component.type(), field.present(), "out") + ";")
                        .close();
            }
        }
        body.close().blank();
    }

    private void recordRead(List<Field> fields, Source body) {
        body.open("public static " + names.type() + " read(ByteReader in)");
        if (fields.isEmpty()) {
            body.line("Encodings.readNothing(in);");
        }
        List<List<Field>> bitmap = bitmap(fields);
        for (int i = 0; i < bitmap.size(); i++) {
            body.line("int nulls" + i + "$ = in.readByte();");
            int used = bitmap.get(i).size();
            if (used < 8) {
                body.line("Encodings.checkPadding((nulls" + i + "$ & 0xFF) >>> " + used + ", in);");
            }
        }
        for (Field field : fields) {
            body.line(field.component.java() + " " + field.local + " = " + read(field) + ";");
        }
        String arguments = String.join(", ", fields.stream().map(Field::local).toList());
        body.open("try")
                .line("return new " + names.type() + "(" + arguments + ");")
                .close(" catch (java.lang.RuntimeException e$) {")
                .line("    throw Encodings.refused(" + names.type() + ".class, e$);")
                .line("}")
                .close()
                .blank();
    }

    private String read(Field field) {
        String read = code.read(field.component.type(), "in");
        if (field.bit < 0) {
            return read;
        }
        boolean optional = field.component.presence() == Model.Presence.OPTIONAL;
        return "(nulls" + (field.bit >> 3) + "$ & " + (1 << (field.bit & 7)) + ") != 0 ? "
                + (optional ? "java.util.Optional.empty() : java.util.Optional.of(" + read + ")" : "null : " + read);
    }

    private void union(Model.UnionOf union, Source body) {
        body.open("public static void write(" + names.type() + " value, ByteWriter out)")
                .open("switch (value)");
        for (int i = 0; i < union.variants().size(); i++) {
            Type.Generated variant = union.variants().get(i);
            body.open("case " + variant.java() + " variant ->")
                    .line("out.writeVarInt(" + i + ");")
                    .line(variant.codec() + ".write(variant, out);")
                    .close();
        }
        body.close().close().blank();
        body.open("public static " + names.type() + " read(ByteReader in)")
                .line("int index = in.readVarInt();")
                .open("return switch (index)");
        for (int i = 0; i < union.variants().size(); i++) {
            body.line("case " + i + " -> " + union.variants().get(i).codec() + ".read(in);");
        }
        body.line("default -> throw Encodings.noVariant(" + names.type() + ".class, index, in);")
                .close(";")
                .close()
                .blank();
        String variants = String.join(
                ", ",
                union.variants().stream()
                        .map(variant -> variant.codec() + ".variantWithin(scope)")
                        .toList());
        schemaMethod("Schema schemaWithin", "union", "scope -> java.util.List.of(" + variants + ")", body);
    }

    private void enumeration(Source body) {
        Type.EnumOf type = new Type.EnumOf(names.type());
        body.open("public static void write(" + names.type() + " value, ByteWriter out)")
                .line(code.write(type, "value", "out") + ";")
                .close()
                .blank()
                .open("public static " + names.type() + " read(ByteReader in)")
                .line("return " + code.read(type, "in") + ";")
                .close()
                .blank()
                .line("/** The schema inside of other types. */")
                .open("public static Schema schemaWithin(SchemaScope enclosing)")
                .line("return " + code.schema(type, "enclosing") + ";")
                .close()
                .blank();
    }

    private void schemaMethod(String declaration, String method, String parts, Source body) {
        body.line("/** The schema inside of other types. */")
                .open("public static " + declaration + "(SchemaScope enclosing)")
                .line("return enclosing." + method + "(" + names.type() + ".class, " + parts + ");")
                .close()
                .blank();
    }

    private static List<Field> fields(Model.RecordOf record) {
        Set<String> taken = taken(record);
        List<Field> fields = new ArrayList<>();
        int bit = 0;
        for (Model.Component component : record.components()) {
            boolean absentable =
                    component.presence() == Model.Presence.NULLABLE || component.presence() == Model.Presence.OPTIONAL;
            String local = taken.contains(component.name()) ? component.name() + "$" : component.name();
            fields.add(new Field(component, local, absentable ? bit++ : -1));
        }
        return fields;
    }

    /** Names that a local variable cannot have in a codec's methods. */
    private static Set<String> taken(Model.RecordOf record) {
        Set<String> taken = new HashSet<>(IMPORTS);
        taken.addAll(List.of("value", "out", "in", "java"));
        StringBuilder types = new StringBuilder(record.names().type());
        record.components().forEach(each -> types.append(' ').append(each.type().java()));
        ROOT.matcher(types).results().forEach(match -> taken.add(match.group()));
        return taken;
    }

    /** The fields with a bit, eight for each byte. */
    private static List<List<Field>> bitmap(List<Field> fields) {
        List<List<Field>> bytes = new ArrayList<>();
        for (Field field : fields) {
            if (field.bit >= 0) {
                if ((field.bit & 7) == 0) {
                    bytes.add(new ArrayList<>());
                }
                bytes.getLast().add(field);
            }
        }
        return bytes;
    }

    /**
     * @param local name of its variable in the source
     * @param bit its place in the null bitmap, -1 where it has none
     */
    private record Field(Model.Component component, String local, int bit) {
        String isAbsent() {
            return component.presence() == Model.Presence.OPTIONAL ? local + ".isEmpty()" : local + " == null";
        }

        String present() {
            return component.presence() == Model.Presence.OPTIONAL ? local + ".get()" : local;
        }
    }
}
