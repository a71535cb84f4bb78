package stream.weir.store.bucket;

import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;
import stream.weir.store.StoreFailure;

/**
 * Says what failed in words for people.
 *
 * @param location of the store
 * @param endpoint which requests go to
 */
record Failures(String location, String endpoint) {

    /** @param what for instance {@code create terms/1.json (123 bytes)} */
    StoreException of(String what, BucketException e) {
        return of(what, e, e.outcome());
    }

    StoreException of(String what, BucketException e, Outcome outcome) {
        StoreFailure failure = e.failure();
        String advice = failure.advice().isEmpty() ? "" : "; " + failure.advice();
        String unclear = outcome == Outcome.UNKNOWN ? "; it may have taken effect all the same" : "";
        return new StoreException(
                "Cannot " + what + " in " + location + " at " + endpoint + ": " + e.getMessage() + unclear + advice,
                outcome,
                failure,
                e);
    }
}
