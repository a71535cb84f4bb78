package stream.weir.network.control;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import stream.weir.protocol.control.Address;

/**
 * Looks up where coordinators are: a host name stands for all its addresses, each of which may be the one that leads. Names are
 * looked up anew each time, beside everything else; a name that cannot be is kept as it is, so that whoever dials it says why not.
 */
public final class CoordinatorAddresses implements Supplier<CompletionStage<List<Address>>> {
    private final List<Address> told;
    private final Executor background;
    private final Names names;

    /** What names stand for. May block. */
    public interface Names {
        /** @return literal addresses, at least one */
        List<String> lookUp(String host) throws UnknownHostException;
    }

    /**
     * @param told names or literal addresses
     * @param background for calls that block
     */
    public CoordinatorAddresses(List<Address> told, Executor background, Names names) {
        this.told = List.copyOf(told);
        this.background = background;
        this.names = names;
    }

    /** Asks the system; which may remember answers for as long as {@code networkaddress.cache.ttl} says. */
    public static CoordinatorAddresses ofSystem(List<Address> told, Executor background) {
        return new CoordinatorAddresses(told, background, host -> {
            List<String> found = new ArrayList<>();
            for (InetAddress each : InetAddress.getAllByName(host)) {
                found.add(each.getHostAddress());
            }
            return found;
        });
    }

    @Override
    public CompletionStage<List<Address>> get() {
        return CompletableFuture.supplyAsync(this::lookUp, background);
    }

    private List<Address> lookUp() {
        Set<Address> all = new LinkedHashSet<>();
        for (Address each : told) {
            try {
                names.lookUp(each.host()).forEach(host -> all.add(new Address(host, each.port())));
            } catch (UnknownHostException _) {
                all.add(each);
            }
        }
        return List.copyOf(all);
    }
}
