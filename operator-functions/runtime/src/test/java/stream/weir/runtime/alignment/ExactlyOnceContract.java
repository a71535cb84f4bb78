package stream.weir.runtime.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of an alignment exactly once, whatever keeps the held frames. Rows are in {@link AlignmentScript}'s language. */
abstract class ExactlyOnceContract {
    abstract HeldFrames held(int inputs);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        one input: no alignment                           | 1 | 0:a 0:B1 0:b                          | 0:a S1@0 0:b
        an input is blocked until all have arrived        | 2 | 0:B1 0:a 1:b 1:B1 1:c                 | 1:b S1@1 0:a 1:c
        whatever comes on a blocked input is held         | 2 | 0:B1 0:a 0:W 0:b 0:E 1:B1             | S1@1 0:a 0:W 0:b 0:E
        held frames come in order, inputs take turns      | 3 | 0:B1 1:B1 0:a 1:b 0:c 1:d 2:B1        | S1@2 0:a 1:b 0:c 1:d
        a later barrier is held behind the first          | 2 | 0:B1 0:a 0:B2 0:b 1:B1 1:c 1:B2       | S1@1 0:a 1:c S2@1 0:b
        checkpoints one after the other                   | 2 | 0:B1 1:B1 1:B2 0:B2                   | S1@1 S2@0
        the last may deliver the next at once             | 2 | 0:B1 0:B2 1:B1 1:B2 1:a 0:a          | S1@1 S2@1 1:a 0:a

        a newer barrier subsumes                          | 2 | 0:B1 0:a 1:B2 1:b 0:B2                | D1:SUBSUMED X1:SUBSUMED 0:a S2@0 1:b
        a newer barrier on the third of three             | 3 | 0:B1 1:B1 2:B3 0:B3 1:B3              | D1:SUBSUMED X1:SUBSUMED S3@1
        a trailing barrier is ignored                     | 2 | 0:B1 1:B2 0:B2 1:a 0:B1 0:b           | D1:SUBSUMED X1:SUBSUMED S2@0 1:a 0:b
        a trailing barrier during a newer alignment       | 2 | 0:B2 1:B1 1:a 1:B2                    | 1:a S2@1

        an ended input counts as arrived                  | 2 | 0:E 1:a 1:B1 1:b                      | 0:E 1:a S1@1 1:b
        all but one ended: no alignment                   | 3 | 0:E 1:E 2:B1 2:B2                     | 0:E 1:E S1@2 S2@2
        the end during the alignment completes it         | 2 | 0:B1 0:a 1:b 1:E                      | 1:b 1:E S1@1 0:a
        an end behind the barrier waits                   | 2 | 0:B1 0:E 1:B1 1:B2                    | S1@1 0:E S2@1
        all ended, then announced: snapshot at once       | 2 | 0:E 1:E N1 N2                         | 0:E 1:E S1 S2
        announced, then all end                           | 2 | N1 0:E 1:a 1:E                        | 0:E 1:a 1:E S1
        announced, then the barrier: one snapshot         | 2 | N1 0:B1 1:B1 0:E 1:E                  | S1@1 0:E 1:E
        announced again after it is settled               | 1 | 0:B1 0:E N1                           | S1@0 0:E
        two announced, one by barrier, one at the end     | 2 | N1 N2 0:B1 1:E 0:E                    | 1:E S1@1 0:E S2
        no inputs: snapshot when announced                | 0 | N1 N2                                 | S1 S2

        cancel before the alignment                       | 2 | 0:C1 0:a 1:B1 1:b                     | D1:CANCELLED X1:TIMED_OUT 0:a 1:b
        cancel during the alignment                       | 2 | 0:B1 0:a 1:C1 1:b                     | D1:CANCELLED X1:TIMED_OUT 0:a 1:b
        cancel behind the own barrier: held, then ignored | 2 | 0:B1 0:C1 0:a 1:B1                    | S1@1 0:a
        cancel after the alignment                        | 2 | 0:B1 1:B1 0:C1 0:a                    | S1@1 0:a
        cancel on every input: declined once              | 3 | 0:C1 1:C1 2:C1 0:B2 1:B2 2:B2         | D1:CANCELLED X1:TIMED_OUT S2@2
        cancel of a newer one during the alignment        | 2 | 0:B1 0:a 1:C2 1:b 0:C2                | D1:SUBSUMED X1:SUBSUMED D2:CANCELLED X2:TIMED_OUT 0:a 1:b
        cancel of an older one during the alignment       | 2 | 0:B2 1:C1 1:a 1:B2                    | 1:a S2@1
        one input: cancel, then the next                  | 1 | 0:C1 0:a 0:B2                         | D1:CANCELLED X1:TIMED_OUT 0:a S2@0

        abort during the alignment                        | 2 | 0:B1 0:a A1 1:B1 1:b                  | X1:REPLICA_LOST 0:a 1:b
        abort before the barrier                          | 2 | A1 0:B1 0:a 1:B1 1:b                  | X1:REPLICA_LOST 0:a 1:b
        abort of the next during the alignment            | 2 | 0:B1 A2 1:B1 0:B2 1:B2                | S1@1 X2:REPLICA_LOST
        abort of the next, which then subsumes            | 2 | 0:B1 0:a A2 1:B2 1:b                  | D1:SUBSUMED X1:SUBSUMED X2:REPLICA_LOST 0:a 1:b
        abort before the cancel marker                    | 2 | A1 0:C1 1:C1                          | X1:TIMED_OUT
        abort of what is settled                          | 2 | 0:B1 1:B1 A1 0:a                      | S1@1 0:a
        abort of an announced one, then all end           | 1 | N1 A1 0:E N1                          | 0:E
                    """)
    void rule(String rule, int inputs, String events, String effects) {
        assertThat(script(inputs, -1).play(events)).isEqualTo(effects);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        up to the limit nothing happens                   | 200 | 0:B1 0:a 0:b 1:B1                   | S1@1 0:a 0:b
        above it the alignment is given up                | 200 | 0:B1 0:a 0:b 0:c 1:B1 1:d           | D1:ALIGNMENT_LIMIT_EXCEEDED X1:ALIGNMENT_LIMIT_EXCEEDED 0:a 0:b 0:c 1:d
        it counts anew for the next alignment             | 200 | 0:B1 0:a 0:b 1:B1 0:B2 0:c 0:d 1:B2 | S1@1 0:a 0:b S2@1 0:c 0:d
        all inputs count together                         | 200 | 0:B1 1:B1 0:a 1:b 0:c 2:B1          | D1:ALIGNMENT_LIMIT_EXCEEDED X1:ALIGNMENT_LIMIT_EXCEEDED 0:a 1:b 0:c
        -1 is no limit                                    | -1  | 0:B1 0:a 0:b 0:c 0:d 1:B1 2:B1      | S1@2 0:a 0:b 0:c 0:d
                    """)
    void limit(String rule, long maxBytes, String events, String effects) {
        int inputs = events.contains("2:") ? 3 : 2;

        assertThat(script(inputs, maxBytes).play(events)).isEqualTo(effects);
    }

    @Test
    void when_the_replica_is_not_ready_then_what_has_waited_is_held_with_the_next_barrier_and_counts() {
        // given
        AlignmentScript script = script(2, 200);
        script.putAll("0:B1 0:a 0:b 0:c 1:x");

        // when
        String out = script.drain();

        // then
        assertThat(out).isEqualTo("D1:ALIGNMENT_LIMIT_EXCEEDED X1:ALIGNMENT_LIMIT_EXCEEDED 1:x 0:a 0:b 0:c");
    }

    @Test
    void when_frames_arrive_while_released_ones_are_still_to_be_read_then_they_queue_behind_them() {
        // given
        AlignmentScript script = script(2, -1);
        script.play("0:B1 0:a 0:b");
        script.put("1:B1");

        // when
        assertThat(script.next()).hasValue("S1@1");
        assertThat(script.next()).hasValue("0:a");
        script.putAll("0:c 0:B2 0:d");

        // then
        assertThat(script.drain()).isEqualTo("0:b 0:c");
        assertThat(script.play("1:B2")).isEqualTo("S2@1 0:d");
    }

    final AlignmentScript script(int inputs, long maxBytes) {
        return new AlignmentScript(AlignedInputs.of(inputs, new ExactlyOnceAlignment(inputs, maxBytes), held(inputs)));
    }
}
