package stream.weir.store;

/** Why a store did not do what it was asked: the same word in logs, messages and answers. */
public enum StoreFailure {
    /** There is no object of that name. */
    NOT_THERE(""),
    /** Under the name there is another content than the one that was asked for. */
    CHANGED("objects that are being read must not be replaced: put new content under a new name"),
    /** The store does not accept the credentials, or they do not allow this. */
    CREDENTIALS_REFUSED(
            "check the credentials, whether they have expired, and what their policy allows on this bucket"),
    /** There is no such bucket, or it is elsewhere. */
    WRONG_PLACE("check the bucket's name, the endpoint, the region and pathStyle"),
    /** The clock of this machine is too far from the store's. */
    CLOCK_SKEWED("set this machine's clock: signed requests are good for 15 minutes around the store's time"),
    /** The store has more requests than it takes. */
    THROTTLED("it answers again when there are fewer requests; nothing has to be done unless it lasts"),
    /** The store says that it cannot answer now. */
    UNAVAILABLE("look at the store's own log; the request is made again as soon as it answers"),
    /** Nothing answers at the endpoint. */
    UNREACHABLE("check the endpoint, and the network between here and there"),
    /** There is no space left, or a quota is used up. */
    FULL("free space in the store, or raise its quota"),
    /** The store does not keep the conditions of writes. */
    NO_CONDITIONAL_WRITES(
            "use a store that keeps If-None-Match and If-Match, and switch them on: without them two coordinators could both lead"),
    /** Anything else; the message has the store's own words. */
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
