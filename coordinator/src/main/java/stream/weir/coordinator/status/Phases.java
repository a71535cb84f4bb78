package stream.weir.coordinator.status;

import stream.weir.coordinator.status.JobView.Phase;

/** In which phase the job is, and why. Belongs to the board's thread. */
final class Phases {
    private Phase phase = Phase.STARTING;
    private String detail = "";
    private int notOpened;

    /** The present run does not go on, whoever connects. */
    private boolean broken;

    Phase phase() {
        return phase;
    }

    String detail() {
        return detail;
    }

    /** A term begins in which nothing is known of replicas yet; a job that had ended starts again. */
    void leads(int replicas) {
        if (phase == Phase.RUNNING) {
            phase = Phase.RECOVERING;
        } else if (!isAlive()) {
            phase = Phase.STARTING;
        }
        detail = "";
        begins(replicas);
    }

    /** A run begins, or goes on. */
    void begins(int replicasNotOpened) {
        notOpened = replicasNotOpened;
        broken = false;
    }

    void restarting(Phase how, String cause) {
        phase = how;
        detail = cause;
    }

    /** @param why empty when it waits for nothing any more; a job that has ended does not wait */
    void waiting(String why) {
        if (!isAlive()) {
            return;
        }
        if (phase == Phase.RUNNING && !why.isEmpty()) {
            phase = Phase.RECOVERING;
        } else if (phase == Phase.RECOVERING && why.isEmpty() && !broken && notOpened == 0) {
            // Only a connection had broken, and its process was back in time.
            phase = Phase.RUNNING;
        }
        detail = why;
    }

    /** A replica is lost or has failed: another run follows. */
    void goesBack(String cause) {
        broken = true;
        if (phase == Phase.RUNNING) {
            phase = Phase.RECOVERING;
        }
        detail = cause;
    }

    /** One more replica of the present run is open; true when the job runs with it. */
    boolean opened() {
        notOpened--;
        if (!isAlive() || broken || notOpened > 0) {
            return false;
        }
        phase = Phase.RUNNING;
        detail = "";
        return true;
    }

    void end(Phase last, String why) {
        phase = last;
        detail = why;
    }

    private boolean isAlive() {
        return switch (phase) {
            case STARTING, RUNNING, RECOVERING, RESHAPING -> true;
            case COMPLETED, STOPPED, FAILED -> false;
        };
    }
}
