package stream.weir.api.codec;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import stream.weir.api.codec.Evolution.Place;

/**
 * Walks an old and a new schema side by side and makes a conversion for each pair of types.
 */
final class EvolutionPlanner {
    private static final String ALLOWED =
            "a number may be widened and a type may become nullable, other types cannot change; use another name for the new one";

    private static final String STAY_NULLABLE = "null could not be read; let it stay nullable";

    private EvolutionPlanner() {}

    static Conversion plan(Schema written, Schema present) {
        return plan(written, present, Place.root(present), new Scope(Map.of(), Map.of()));
    }

    /** The types around a place, by name: what references to them stand for. Changed by copying only. */
    private record Scope(Map<String, Conversion> conversions, Map<String, Layout> layouts) {
        Scope with(String name, Conversion conversion, Layout layout) {
            Map<String, Conversion> moreConversions = new HashMap<>(conversions);
            moreConversions.put(name, conversion);
            Map<String, Layout> moreLayouts = new HashMap<>(layouts);
            moreLayouts.put(name, layout);
            return new Scope(moreConversions, moreLayouts);
        }
    }

    private static Conversion plan(Schema written, Schema present, Place place, Scope enclosing) {
        if (SchemaEquality.isClosed(written) && SchemaEquality.sameBytes(written, present)) {
            return new Conversion.Copy(Layout.of(written));
        }
        if (present instanceof Schema.Nullable to) {
            return written instanceof Schema.Nullable from
                    ? new Conversion.NullableOf(plan(from.of(), to.of(), place, enclosing))
                    : new Conversion.Present(plan(written, to.of(), place, enclosing));
        }
        if (written instanceof Schema.Nullable) {
            throw place.refuse(written, present, STAY_NULLABLE);
        }
        if (written instanceof Schema.Primitive from && present instanceof Schema.Primitive to) {
            return widen(from, to, place);
        }
        if (written instanceof Schema.ListOf from && present instanceof Schema.ListOf to) {
            return new Conversion.ListOf(plan(from.element(), to.element(), place.element(), enclosing));
        }
        if (written instanceof Schema.MapOf from && present instanceof Schema.MapOf to) {
            return new Conversion.MapOf(
                    plan(from.key(), to.key(), place.key(), enclosing),
                    plan(from.value(), to.value(), place.value(), enclosing));
        }
        return named(written, present, place, enclosing);
    }

    private static Conversion named(Schema written, Schema present, Place place, Scope enclosing) {
        String oldName = name(written);
        if (!written.getClass().equals(present.getClass())) {
            throw place.refuse(written, present, ALLOWED);
        }
        if (!oldName.equals(name(present))) {
            throw place.refuse(written, present, "types are matched by name; keep the old name");
        }
        return switch (written) {
            case Schema.EnumOf from -> constants(from, (Schema.EnumOf) present, place);
            case Schema.Struct from -> struct(from, (Schema.Struct) present, place, enclosing);
            case Schema.Union from -> union(from, (Schema.Union) present, place, enclosing);
            case Schema.Reference from -> {
                Conversion target = enclosing.conversions.get(from.name());
                if (target == null) {
                    throw new IllegalArgumentException("a reference to " + from.name() + " at " + place.text()
                            + " stands outside of any type of that name");
                }
                yield target;
            }
            default -> throw place.refuse(written, present, ALLOWED);
        };
    }

    private static String name(Schema schema) {
        return switch (schema) {
            case Schema.EnumOf type -> type.name();
            case Schema.Struct type -> type.name();
            case Schema.Union type -> type.name();
            case Schema.Opaque type -> type.name();
            case Schema.Reference type -> type.name();
            default -> "";
        };
    }

    private static Conversion widen(Schema.Primitive from, Schema.Primitive to, Place place) {
        Set<Schema.Primitive> wider =
                switch (from) {
                    case INT8 ->
                        EnumSet.of(
                                Schema.Primitive.INT16,
                                Schema.Primitive.INT32,
                                Schema.Primitive.INT64,
                                Schema.Primitive.DOUBLE);
                    case INT16 -> EnumSet.of(Schema.Primitive.INT32, Schema.Primitive.INT64, Schema.Primitive.DOUBLE);
                    case INT32 -> EnumSet.of(Schema.Primitive.INT64, Schema.Primitive.DOUBLE);
                    case FLOAT -> EnumSet.of(Schema.Primitive.DOUBLE);
                    default -> EnumSet.noneOf(Schema.Primitive.class);
                };
        if (!wider.contains(to)) {
            throw place.refuse(from, to, ALLOWED);
        }
        return new Conversion.Widen(from, to);
    }

    private static Conversion constants(Schema.EnumOf from, Schema.EnumOf to, Place place) {
        return new Conversion.Constants(indexes(from.constants(), to.constants(), "constant", to, place));
    }

    private static Conversion union(Schema.Union from, Schema.Union to, Place place, Scope enclosing) {
        int[] indexes = indexes(names(from), names(to), "variant", to, place);
        Conversion.Deferred self = new Conversion.Deferred();
        Scope within = enclosing.with(from.name(), self, Layout.of(from, enclosing.layouts));
        Conversion[] variants = new Conversion[indexes.length];
        for (int i = 0; i < variants.length; i++) {
            Schema.Struct variant = from.variants().get(i);
            variants[i] = plan(variant, to.variants().get(indexes[i]), place.variant(variant.name()), within);
        }
        self.resolve(new Conversion.Variants(indexes, variants));
        return self;
    }

    private static Conversion struct(Schema.Struct from, Schema.Struct to, Place place, Scope enclosing) {
        Conversion.Deferred self = new Conversion.Deferred();
        Layout.StructLayout layout = Layout.struct(from, enclosing.layouts);
        Scope within = enclosing.with(from.name(), self, layout);
        List<String> names = from.fields().stream().map(Schema.Field::name).toList();
        Conversion.FieldPlan[] fields = new Conversion.FieldPlan[to.fields().size()];
        for (int i = 0; i < fields.length; i++) {
            Schema.Field field = to.fields().get(i);
            int source = names.indexOf(field.name());
            Place at = place.field(field.name());
            fields[i] =
                    source < 0 ? added(field, at) : kept(source, from.fields().get(source), field, at, within);
        }
        self.resolve(new Conversion.StructOf(layout, names.size(), fields));
        return self;
    }

    private static Conversion.FieldPlan added(Schema.Field field, Place place) {
        boolean nullable = field.type() instanceof Schema.Nullable;
        if (!nullable && field.defaultValue().isEmpty()) {
            throw new IncompatibleSchemaException(
                    place.text(),
                    "existing data has no such field, and " + SchemaWords.of(field.type())
                            + " without a default cannot stand for its absence: give it a default, or make it nullable");
        }
        return new Conversion.FieldPlan(-1, new Conversion.Deferred(), nullable, field.defaultValue());
    }

    /** Nullable fields have a bit in the struct, so what is converted is the type within. */
    private static Conversion.FieldPlan kept(
            int source, Schema.Field written, Schema.Field present, Place place, Scope within) {
        boolean nullable = present.type() instanceof Schema.Nullable;
        if (!nullable && written.type() instanceof Schema.Nullable) {
            throw place.refuse(written.type(), present.type(), STAY_NULLABLE);
        }
        Conversion conversion = plan(bare(written.type()), bare(present.type()), place, within);
        return new Conversion.FieldPlan(source, conversion, nullable, Optional.empty());
    }

    private static Schema bare(Schema type) {
        return type instanceof Schema.Nullable nullable ? nullable.of() : type;
    }

    private static List<String> names(Schema.Union union) {
        return union.variants().stream().map(Schema.Struct::name).toList();
    }

    private static int[] indexes(List<String> from, List<String> to, String kind, Schema present, Place place) {
        List<String> lost = from.stream().filter(name -> !to.contains(name)).toList();
        if (!lost.isEmpty()) {
            throw place.missing(kind, lost, present);
        }
        return from.stream().mapToInt(to::indexOf).toArray();
    }
}
