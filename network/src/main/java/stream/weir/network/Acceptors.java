package stream.weir.network;

import stream.weir.network.wire.Answer;
import stream.weir.network.wire.Hello;
import stream.weir.network.wire.RefusalCode;

/**
 * Who a listening port belongs to.
 *
 * @param data for data links
 * @param control for control connections
 */
public record Acceptors(Acceptor<Hello.Data> data, Acceptor<Hello.Control> control) {
    /** A port for data links only. */
    public static Acceptors forData(Acceptor<Hello.Data> data) {
        return new Acceptors(
                data,
                (hello, _) ->
                        wrongKind("stage " + hello.stage() + " has sent control messages to a port for data links:"
                                + " it was given the address of a stage where that of a coordinator was meant"));
    }

    /** A port for control connections only. */
    public static Acceptors forControl(Acceptor<Hello.Control> control) {
        return new Acceptors(
                (hello, _) -> wrongKind("link " + hello.link() + " of pipeline " + hello.pipeline()
                        + " has called a port for control connections: it was given the address of a coordinator where"
                        + " that of stage " + hello.link().to() + " was meant"),
                control);
    }

    Acceptor.Decision accept(Hello hello, Connection connection) {
        return switch (hello) {
            case Hello.Data link -> data.accept(link, connection);
            case Hello.Control peer -> control.accept(peer, connection);
        };
    }

    private static Acceptor.Decision wrongKind(String text) {
        return new Acceptor.Refused(new Answer.Refusal(RefusalCode.WRONG_KIND, text));
    }
}
