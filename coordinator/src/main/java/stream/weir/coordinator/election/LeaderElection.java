package stream.weir.coordinator.election;

/**
 * One candidate's part in an election. Its candidate is elected and loses in turn, any number of times; between {@link
 * Candidate#elected} and {@link Candidate#lost} it may act as leader. Where nobody's clock runs slow, the time in which a candidate
 * has lost and nobody is elected is never negative.
 */
public interface LeaderElection extends AutoCloseable {
    /** Begins to stand for election; to be called once. */
    void start(Candidate candidate);

    /** Stands no longer. A leader gives its office up, so that another one has it at once; the candidate hears nothing more. */
    @Override
    void close();

    /** Hears how the election goes; on the election's one thread, must not block. */
    interface Candidate {
        void elected();

        /** It must stop to act as leader. Comes at the latest when another one may be elected, also when nothing can be reached. */
        void lost(String why);

        /** Somebody else was seen to lead, or to have led. */
        default void follows(String leader) {}

        /** Nobody leads as far as is known: who did has given it up, or was silent for so long that it may be gone. */
        default void leaderless() {}
    }
}
