package stream.weir.transport;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import stream.weir.network.Acceptors;
import stream.weir.network.Listening;
import stream.weir.network.Network;
import stream.weir.network.TestNetwork;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.ChannelContract;

/** The contract of channels, over sockets. */
@Timeout(120)
final class TcpTransportIT extends ChannelContract {
    private final TestNetwork networks = new TestNetwork();

    @AfterEach
    void close() {
        networks.close();
    }

    @Override
    protected Sides connect(List<Link> links) {
        Network network = networks.open(TestNetwork.QUICK);
        TcpTransport reading = TcpTransport.of(network, PIPELINE, "reading", TcpTransportSettings.defaults());
        TcpTransport writing = TcpTransport.of(network, PIPELINE, "writing", TcpTransportSettings.defaults());
        Listening listening = TestNetwork.listen(network, Acceptors.forData(reading.acceptor()));
        writing.route(Map.of(
                new ReplicaId("b", 0), listening.address(),
                new ReplicaId("b", 1), listening.address()));
        return new Sides(writing, reading, reading);
    }
}
