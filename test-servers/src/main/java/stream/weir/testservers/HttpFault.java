package stream.weir.testservers;

import java.time.Duration;

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

    /** The answer comes late. */
    record Delay(Duration duration) implements HttpFault {}
}
