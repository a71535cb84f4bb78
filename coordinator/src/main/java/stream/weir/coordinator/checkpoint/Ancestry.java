package stream.weir.coordinator.checkpoint;

import java.util.Optional;

/**
 * What the record of the next run has to say of what came before.
 *
 * @param root the run of this branch that started empty
 * @param nextSequence the next free place in the journal of runs
 * @param request see {@link RunRecord#request}
 */
public record Ancestry(long root, long nextSequence, Optional<String> request) {
    static Ancestry of(RunRecord run) {
        return new Ancestry(run.root(), run.sequence() + 1, run.request());
    }

    static Ancestry of(Continued continued) {
        RunRecord run = continued.run();
        return new Ancestry(run.root(), continued.takeover().sequence() + 1, run.request());
    }
}
