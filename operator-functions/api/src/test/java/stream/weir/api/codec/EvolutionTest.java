package stream.weir.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvolutionTest {
    /** The old schema, the new one, bytes of the old and what they become. */
    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            int64                              | int64                                     | 0000000000000001   | 0000000000000001
            int8                               | int16                                     | fe                 | fffe
            int8                               | int32                                     | fe                 | fffffffe
            int8                               | int64                                     | fe                 | fffffffffffffffe
            int8                               | double                                    | fe                 | c000000000000000
            int16                              | int32                                     | fffe               | fffffffe
            int16                              | int64                                     | fffe               | fffffffffffffffe
            int16                              | double                                    | fffe               | c000000000000000
            int32                              | int64                                     | fffffffe           | fffffffffffffffe
            int32                              | double                                    | fffffffe           | c000000000000000
            float                              | double                                    | c0000000           | c000000000000000
            string                             | string?                                   | 0161               | 010161
            int8?                              | int16?                                    | 0105               | 010005
            int8?                              | int16?                                    | 00                 | 00
            int8                               | int16?                                    | 05                 | 010005
            [int8]                             | [int16]                                   | 020102             | 0200010002
            [int8: int8]                       | [int8: int16?]                            | 010709             | 0107010009
            [int8: bool]                       | [double: bool]                            | 020101ff00         | 023ff000000000000001bff000000000000000
            E(A, B)                            | E(B, C, A)                                | 00                 | 02
            E(A, B)                            | E(A, B, C)                                | 01                 | 01
            R{a: int8}                         | R{a: int8, b: string?}                    | 05                 | 0105
            R{a: int8}                         | R{b: int16 = #0102, a: int8}              | 05                 | 010205
            R{a: int8}                         | R{a: int8, b: int8? = #09}                | 05                 | 000509
            R{a: int8, b: string, c: int8}     | R{a: int8, c: int8}                       | 05016107           | 0507
            R{a: int8, b: int8}                | R{b: int8, a: int8}                       | 0507               | 0705
            R{a: int8, b: int8}                | R{}                                       | 0507               | 00
            R{}                                | R{a: string = #00}                        | 00                 | 00
            R{a: int8?}                        | R{a: int16?}                              | 01                 | 01
            R{a: int8?, b: int8}               | R{b: int16, a: int8?}                     | 000507             | 00000705
            R{a: int8}                         | R{a: int8?}                               | 05                 | 0005
            R{a: int8 = #01}                   | R{a: int8}                                | 05                 | 05
            R{s: S{a: int8}, z: int8}          | R{s: S{a: int16}, z: int8}                | 0507               | 000507
            R{m: [string: [bool]], o: !x, z: int8} | R{z: int8}                            | 01016102000102616207 | 07
            R{o: !x, a: int8}                  | R{a: int16, o: !x}                        | 026f6f07           | 0007026f6f
            R{t: date_time, d: decimal, a: int8} | R{a: int8}                              | 00000000000000000000010109 | 09
            U<A{x: int8}, B{}>                 | U<B{}, C{}, A{x: int16}>                  | 0005               | 020005
            U<A{x: int8}, B{}>                 | U<B{}, C{}, A{x: int16}>                  | 0100               | 0000
            U<N{v: int8}, P{l: ^U, r: ^U}>     | U<P{l: ^U, r: ^U}, N{v: int16}>           | 010003010002 0005  | 00010003000100020100 05
            T{v: int8, n: ^T?}                 | T{v: int16, n: ^T?}                       | 00050107           | 000005010007
            T{v: int8, n: ^T?, old: [^T]}      | T{v: int8, n: ^T?}                        | 010501010700       | 0105
            """)
    void when_the_change_is_allowed_then_old_bytes_are_read(String written, String present, String from, String to) {
        Evolution.Plan plan = Evolution.plan(SchemaText.parse(written), SchemaText.parse(present));
        ByteReader in = new ByteReader(Bytes.fromHex(from.replace(" ", "")).toByteArray());
        ByteWriter out = new ByteWriter(1);
        plan.convert(in, out);
        assertThat(Bytes.of(out.toByteArray()).toHex()).isEqualTo(to.replace(" ", ""));
        assertThat(in.remaining()).isZero();
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            int64                 | int32                   | was written as an int64 (long) and is an int32 (int) now
            int64                 | double                  | was written as an int64 (long) and is a double now
            double                | float                   | was written as a double and is a float now
            int32                 | float                   | was written as an int32 (int) and is a float now
            char                  | int32                   | was written as a char and is an int32 (int) now
            string                | bytes                   | was written as a string and is bytes now
            int32?                | int32                   | null could not be read
            [int32]               | [string]                | []: was written as an int32 (int) and is a string now
            [int32]               | [int32: int32]          | was written as a list
            [string: int8]        | [int8: int8]            | {key}: was written as a string
            [string: int64]       | [string: int8]          | {value}: was written as an int64
            E(A, B, C)            | E(C)                    | E: the enum E has lost the constants A, B
            E(A)                  | F(A)                    | F: was written as the enum E and is the enum F now: types are matched by name
            R{a: int8}            | Q{a: int8}              | types are matched by name; keep the old name
            R{}                   | R{a: int8}              | R.a: existing data has no such field, and an int8 (byte) without a default
            R{a: string?}         | R{a: string}            | R.a: was written as a string or null and is a string now: null could not be read
            T{legs: [L{price: decimal}]} | T{legs: [L{price: double}]} | T.legs[].price: was written as a decimal and is a double now
            U<A{}, B{}>           | U<A{}>                  | U: the sealed type U has lost the variant B
            U<A{x: int64}>        | U<A{x: int8}>           | U<A>.x: was written as an int64 (long)
            U<A{}>                | A{}                     | A: was written as the sealed type U and is the record A now
            !a                    | !b                      | was written as the opaque type a and is the opaque type b now
            T{n: ^T?, v: int64}   | T{n: ^T?, v: int8}      | T.v: was written as an int64 (long)
            """)
    void when_the_change_is_not_allowed_then_refused_with_its_place(String written, String present, String message) {
        assertThatThrownBy(() -> Evolution.plan(SchemaText.parse(written), SchemaText.parse(present)))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessageContaining(message);
    }

    @Test
    void when_only_a_default_differs_then_the_codec_itself_reads() {
        Evolution.Plan plan =
                Evolution.plan(SchemaText.parse("R{a: int8 = #01}"), SchemaText.parse("R{a: int8 = #02}"));
        assertThat(plan.isIdentity()).isTrue();
    }

    @Test
    void when_a_built_in_codec_reads_an_older_schema_then_values_are_converted() {
        // given
        ByteWriter out = new ByteWriter();
        Codecs.map(Codecs.STRING, Codecs.INT).encode(Map.of("a", 1, "b", -1), out);
        // when
        Codec<Map<String, Long>> codec = Codecs.map(Codecs.STRING, Codecs.LONG);
        Codec<Map<String, Long>> reading = codec.reading(SchemaText.parse("[string: int32]"));
        // then
        assertThat(reading.decode(new ByteReader(out.toByteArray()))).isEqualTo(Map.of("a", 1L, "b", -1L));
        assertThat(reading.schema()).isEqualTo(codec.schema());
        assertThat(reading.reading(codec.schema())).isSameAs(codec);
    }

    @Test
    void when_old_bytes_are_damaged_then_malformed() {
        Codec<List<Long>> reading = Codecs.list(Codecs.LONG).reading(SchemaText.parse("[int8]"));
        assertThatThrownBy(() -> reading.decode(new ByteReader(new byte[] {9, 1})))
                .isInstanceOf(MalformedDataException.class);
    }
}
