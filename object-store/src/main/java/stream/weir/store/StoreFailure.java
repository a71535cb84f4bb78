package stream.weir.store;

/** Why a store did not do what it was asked: the same word in logs, messages and answers. */
public enum StoreFailure {
    /** There is no object of that name. */
    NOT_THERE(""),
    /** Under the name there is another content than the one that was asked for. */
    CHANGED("objects that are being read must not be replaced: put new content under a new name"),
    CREDENTIALS_REFUSED(
            "check the credentials, whether they have expired, and what their policy allows on this bucket"),
    WRONG_PLACE("check the bucket's name, the endpoint, the region and pathStyle"),
    CLOCK_SKEWED("set this machine's clock: signed requests are good for 15 minutes around the store's time"),
    THROTTLED("it answers again when there are fewer requests; nothing has to be done unless it lasts"),
    UNAVAILABLE("look at the store's own log; the request is made again as soon as it answers"),
    UNREACHABLE("check the endpoint, and the network between here and there"),
    FULL("free space in the store, or raise its quota"),
    NO_CONDITIONAL_WRITES(
            "use a store that keeps If-None-Match and If-Match, and switch them on: without them two coordinators could both lead"),
    OTHER("");

    private final String advice;

    StoreFailure(String advice) {
        this.advice = advice;
    }

    /** What can be done; empty where the message says all. */
    public String advice() {
        return advice;
    }
}
