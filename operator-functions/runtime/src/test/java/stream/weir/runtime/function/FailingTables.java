package stream.weir.runtime.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.OrderedTable;
import stream.weir.runtime.state.ValueTable;

/** A backend whose tables fail as a full disk does, once they are told to, in the methods of some names. */
final class FailingTables {
    private Set<String> failing = Set.of();

    void failIn(String... methods) {
        failing = Set.of(methods);
    }

    KeyedStateBackend over(KeyedStateBackend backend) {
        return watched(KeyedStateBackend.class, backend);
    }

    private <T> T watched(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (failing.contains(method.getName()) && type != KeyedStateBackend.class) {
                throw new UncheckedIOException(new IOException("no space left on device"));
            }
            try {
                Object answer = method.invoke(target, args);
                return switch (answer) {
                    case ValueTable table -> watched(ValueTable.class, table);
                    case OrderedTable table -> watched(OrderedTable.class, table);
                    case null, default -> answer;
                };
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
