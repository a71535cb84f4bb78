package stream.weir.coordinator.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static stream.weir.coordinator.store.TestStore.Fault.REFUSED;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.store.AskedEnd;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.coordinator.store.TestStore;
import stream.weir.protocol.checkpoint.CheckpointKind;

/** A job is started again: what was asked of it before counts no more, what is asked since then stands. */
class StartAgainTest {
    private final TestStore objects = new TestStore();
    private final World again = World.over(objects);

    @Test
    void when_it_was_to_end_before_then_that_is_forgotten_and_a_new_wish_is_on_record() {
        wasToStop();

        assertThat(startAgain().heard()).containsExactly("started run 2 term 2", "restart 2 from 1");
        assertThat(asked()).isEmpty();
        again.silence(true);
        end(AskedEnd.DRAIN);
        assertThat(again.settle().heard()).contains("on record");
        assertThat(asked()).containsExactly("drains/0000000002.json");
    }

    @Test
    void when_it_begins_then_processes_know_the_term_and_what_is_wanted() {
        wasToStop();

        startAgain();

        assertThat(again.plan().orElseThrow().wanted()).isEqualTo(World.PIPELINE);
    }

    @Test
    void when_it_cannot_be_forgotten_then_the_start_is_refused_and_another_attempt_may_forget() {
        wasToStop();
        objects.deletionsFail(true);

        assertThat(startAgain().heard()).containsExactly("refused STORE_FAILED");
        assertThat(asked()).containsExactly("stops/0000000001.json");
    }

    @Test
    void when_asked_to_end_while_that_is_being_forgotten_then_the_wish_is_written_down_after_it() {
        wasToStop();
        again.slowStore(true);
        startAgain();
        end(AskedEnd.STOP);
        again.settle();
        assertThat(again.heard()).isEmpty();
        again.slowStore(false);

        assertThat(again.answer().heard()).containsExactly("on record", "stopped at 1 before it began");
        assertThat(asked()).isEmpty();
    }

    @Test
    void when_asked_to_end_while_forgetting_fails_then_that_stands_and_another_attempt_ends_so() {
        wasToStop();
        objects.deletionsFail(true);
        again.slowStore(true);
        startAgain();
        end(AskedEnd.STOP);
        again.settle().slowStore(false);

        assertThat(again.answer().heard()).containsExactly("refused STORE_FAILED", "on record");
        assertThat(attempt(AskedEnd.STOP).heard()).containsExactly("stopped at 1 before it began");
    }

    @Test
    void when_asked_to_end_after_a_start_that_failed_then_another_attempt_ends_so() {
        wasToStop();
        objects.failing(REFUSED);
        assertThat(startAgain().heard()).containsExactly("refused STORE_FAILED");
        end(AskedEnd.STOP);
        assertThat(again.settle().heard()).containsExactly("on record");

        assertThat(attempt(AskedEnd.STOP).heard()).containsExactly("stopped at 1 before it began");
    }

    @Test
    void when_asked_to_drain_while_forgetting_fails_then_another_attempt_forgets_the_stop_and_drains() {
        wasToStop();
        objects.deletionsFail(true);
        startAgain();
        end(AskedEnd.DRAIN);
        again.settle();

        assertThat(attempt(AskedEnd.DRAIN).heard())
                .contains("started run 2 term 2", "end input write-0", "all done at 3");
        assertThat(asked()).isEmpty();
    }

    @Test
    void when_a_wish_to_end_cannot_be_written_down_then_it_is_not_said_to_be_on_record() {
        wasToStop();
        objects.failing(REFUSED);
        objects.deletionsFail(true);
        startAgain();
        end(AskedEnd.STOP);

        assertThat(again.settle().heard()).containsExactly("refused STORE_FAILED");
    }

    @Test
    void when_a_savepoint_was_asked_for_before_then_it_is_made_of_the_new_run() {
        World before = World.over(objects).lead(StartOptions.newest()).pass(15).silence(true);
        before.loop().savepoint("before-sale", () -> {});
        before.settle().loop().close();

        assertThat(startAgain().pass(1).heard()).anyMatch(each -> each.startsWith("savepoint before-sale of "));
    }

    @Test
    void when_a_savepoint_is_asked_for_before_the_run_begins_then_it_is_made_of_that_run() {
        World.over(objects)
                .lead(StartOptions.newest())
                .pass(15)
                .silence(true)
                .settle()
                .loop()
                .close();
        again.loop().startAgain(StartOptions.newest(), Set.of());
        again.loop().savepoint("before-sale", () -> again.heard.add("on record"));

        assertThat(again.settle().pass(1).heard())
                .contains("on record")
                .anyMatch(each -> each.startsWith("savepoint before-sale of "));
    }

    @Test
    void when_a_checkpoint_is_asked_for_before_the_run_begins_then_it_is_taken_of_that_run() {
        World.over(objects).lead(StartOptions.newest()).settle().loop().close();
        again.loop().startAgain(StartOptions.newest(), Set.of());
        again.loop().requestCheckpoint(CheckpointKind.REQUESTED);
        again.loop().requestCheckpoint(CheckpointKind.REQUESTED);

        assertThat(again.settle().heard())
                .filteredOn(each -> each.startsWith("completed "))
                .hasSize(1);
    }

    @Test
    void when_a_start_is_refused_for_good_then_savepoints_that_were_asked_for_have_failed() {
        World before = World.over(objects).lead(StartOptions.newest()).silence(true);
        before.loop().savepoint("earlier", () -> {});
        before.settle().loop().close();
        again.loop().startAgain(StartOptions.at(4_711), Set.of());
        again.loop().savepoint("since", () -> again.heard.add("on record"));
        assertThat(again.settle().heard())
                .contains("refused CHECKPOINT_MISSING", "on record")
                .anyMatch(each -> each.startsWith("no savepoint earlier: the job did not start: CHECKPOINT_MISSING: "))
                .anyMatch(each -> each.startsWith("no savepoint since: the job did not start: CHECKPOINT_MISSING: "));
        assertThat(wishes()).isEmpty();
    }

    @Test
    void when_another_coordinator_leads_or_the_store_fails_then_it_may_make_the_savepoint() {
        again.loop().lead(StartOptions.newest());
        again.loop().savepoint("before-sale", () -> {});
        objects.failing(REFUSED);
        assertThat(again.settle().heard()).containsExactly("refused STORE_FAILED");
        again.loop().close();

        World fenced = World.over(objects);
        fenced.loop().lead(StartOptions.newest());
        objects.during(
                "runs/0000000001.json", () -> World.over(objects).silence(true).lead(StartOptions.newest()));
        assertThat(fenced.settle().heard()).containsExactly("refused FENCED");

        assertThat(wishes()).hasSize(1);
    }

    @Test
    void when_a_savepoint_is_asked_for_after_a_start_was_refused_for_good_then_it_is_not_made() {
        World before = World.over(objects).lead(StartOptions.newest()).pass(15).silence(true);
        before.settle().loop().close();
        again.loop().startAgain(StartOptions.at(4_711), Set.of());
        assertThat(again.settle().heard()).hasSize(1).allMatch(each -> each.startsWith("refused "));

        again.loop().savepoint("before-sale", () -> {});

        assertThat(again.settle().heard()).containsExactly("no savepoint before-sale: the job does not run");
    }

    private void wasToStop() {
        World before = World.over(objects).lead(StartOptions.newest()).pass(15).silence(true);
        before.loop().end(AskedEnd.STOP, () -> {});
        before.settle().loop().close();
        assertThat(asked()).containsExactly("stops/0000000001.json");
    }

    private World startAgain() {
        again.loop().startAgain(StartOptions.newest(), Set.of());
        return again.settle();
    }

    /** After one that failed, while it was asked for an end. */
    private World attempt(AskedEnd since) {
        again.loop().close();
        objects.deletionsFail(false);
        World next = World.over(objects);
        next.loop().startAgain(StartOptions.newest(), Set.of(since));
        return next.settle();
    }

    private void end(AskedEnd how) {
        again.loop().end(how, () -> again.heard.add("on record"));
    }

    private List<String> wishes() {
        return objects.names().stream()
                .filter(name -> name.startsWith("wishes/"))
                .toList();
    }

    private List<String> asked() {
        return objects.names().stream()
                .filter(name -> name.startsWith("stops/") || name.startsWith("drains/"))
                .toList();
    }
}
