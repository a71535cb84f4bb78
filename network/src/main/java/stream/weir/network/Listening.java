package stream.weir.network;

import io.vertx.core.net.NetServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import stream.weir.protocol.control.Address;

/** A port that accepts connections; made by {@link Network#listen}. May be used by any thread. */
public final class Listening implements AutoCloseable {
    private final NetServer server;
    private final Loop loop;
    private final Address asked;
    private final CompletableFuture<Listening> ready = new CompletableFuture<>();

    Listening(NetServer server, Loop loop, Address asked) {
        this.server = server;
        this.loop = loop;
        this.asked = asked;
    }

    /** Host as it was asked for, and the port that is listened on. */
    public Address address() {
        return new Address(asked.host(), server.actualPort());
    }

    /** The thread that accepted connections belong to. */
    public Loop loop() {
        return loop;
    }

    /** Accepts no more, and drops the connections that were accepted. */
    @Override
    public void close() {
        server.close();
    }

    void begin() {
        loop.context().runOnContext(_ -> server.listen(asked.port(), asked.host())
                .onSuccess(_ -> ready.complete(this))
                .onFailure(error -> ready.completeExceptionally(
                        new ConnectionLostException("listening on " + asked + " failed: " + Texts.of(error), error))));
    }

    CompletionStage<Listening> ready() {
        return ready;
    }
}
