package stream.weir.runtime.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AtLeastOnceAlignmentTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        one input                                         | 1 | 0:a 0:B1 0:b                          | 0:a S1@0 0:b
        nothing is blocked                                | 2 | 0:B1 0:a 1:b 1:B1 1:c                 | 0:a 1:b S1@1 1:c
        several are counted at once                       | 2 | 0:B1 0:B2 0:B3 1:B1 1:B2 1:B3         | S1@1 S2@1 S3@1
        a complete one settles those that cannot be       | 2 | 0:B1 0:B2 1:B2 1:B1                   | D1:SUBSUMED X1:SUBSUMED S2@1
        a late barrier is ignored                         | 2 | 0:B2 1:B2 0:B1 1:B1 0:a               | S2@1 0:a
        a barrier twice on one input counts once          | 2 | 0:B1 0:B1 1:B1                        | S1@1

        an ended input counts as arrived                  | 2 | 0:E 1:B1 1:a                          | 0:E S1@1 1:a
        the end completes all that waited for it          | 2 | 0:B1 0:B2 1:E 0:a                     | 1:E S1@1 S2@1 0:a
        it ended after its barrier                        | 2 | 0:B1 0:E 1:a 1:B1                     | 0:E 1:a S1@1
        all ended, then announced                         | 2 | 0:E 1:E N1                            | 0:E 1:E S1
        announced, then all end                           | 2 | N1 0:E 1:E                            | 0:E 1:E S1
        announced, then the barrier: one snapshot         | 1 | N1 0:B1 0:E                           | S1@0 0:E
        no inputs: snapshot when announced                | 0 | N1 N2                                 | S1 S2

        cancel before any barrier                         | 2 | 0:C1 1:B1 0:a                         | D1:CANCELLED X1:TIMED_OUT 0:a
        cancel after a barrier                            | 2 | 0:B1 1:C1 1:a                         | D1:CANCELLED X1:TIMED_OUT 1:a
        cancel on every input: declined once              | 2 | 0:C1 1:C1 0:B2 1:B2                   | D1:CANCELLED X1:TIMED_OUT S2@1
        a cancelled one does not harm an older one        | 2 | 0:B1 0:C2 1:B1 1:B2                   | D2:CANCELLED X2:TIMED_OUT S1@1
        cancel of an announced one, then all end          | 1 | N1 0:C1 0:E                           | D1:CANCELLED X1:TIMED_OUT 0:E
        cancel of what is settled                         | 2 | 0:B1 1:B1 0:C1                        | S1@1

        abort while counting                              | 2 | 0:B1 A1 1:B1 1:a                      | X1:REPLICA_LOST 1:a
        abort before any barrier                          | 2 | A1 0:B1 1:B1 0:B2 1:B2                | X1:REPLICA_LOST S2@1
        abort, then the cancel marker                     | 2 | A1 0:C1 1:C1                          | X1:REPLICA_LOST
        abort of an announced one, then all end           | 1 | N1 A1 0:E N1                          | X1:REPLICA_LOST 0:E
                    """)
    void rule(String rule, int inputs, String events, String effects) {
        assertThat(script(inputs).play(events)).isEqualTo(effects);
    }

    @Test
    void when_more_are_pending_than_are_tracked_then_the_oldest_is_dropped() {
        // given
        AlignmentScript script = script(2);
        String pending = IntStream.rangeClosed(1, PendingBound.MOST)
                .mapToObj(checkpoint -> "0:B" + checkpoint)
                .collect(Collectors.joining(" "));
        assertThat(script.play(pending)).isEmpty();

        // when
        String out = script.play("0:B" + (PendingBound.MOST + 1));

        // then
        assertThat(out).isEqualTo("D1:TOO_MANY_PENDING X1:TOO_MANY_PENDING");
        assertThat(script.play("1:B1 1:B2")).isEqualTo("S2@1");
    }

    private static AlignmentScript script(int inputs) {
        return new AlignmentScript(
                AlignedInputs.of(inputs, new AtLeastOnceAlignment(inputs), FramesInMemory.forInputs(inputs)));
    }
}
