package stream.weir.testservers;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** What a {@link HttpFaultProxy} does to a request instead of passing it on and its answer back. */
public sealed interface HttpFault {
    /** Answers itself; the server hears nothing. */
    record Answer(int status, String code) implements HttpFault {}

    /** The server does what it was asked; its answer is lost, and the connection with it. */
    record LoseAnswer() implements HttpFault {}

    /** The connection breaks before the server hears anything. */
    record LoseRequest() implements HttpFault {}

    /** The connection breaks within the answer. */
    record CutAnswer(long afterBodyBytes) implements HttpFault {}

    /** The request waits for ever, and the server hears nothing of it: {@code reached} tells that it does. */
    record HoldRequest(CountDownLatch reached) implements HttpFault {}

    /** The server does what it was asked, then its answer waits for ever: {@code reached} tells that it does. */
    record HoldAnswer(CountDownLatch reached) implements HttpFault {}

    /** The answer comes late. */
    record Delay(Duration duration) implements HttpFault {}
}
