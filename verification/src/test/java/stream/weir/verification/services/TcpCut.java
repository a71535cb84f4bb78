package stream.weir.verification.services;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Ends connections from outside, as a network does that has lost them: both sides learn it, neither has asked for it. */
final class TcpCut {
    private static final int LOCAL_ADDRESS = 2;

    private TcpCut() {}

    /**
     * Ends all TCP connections that a process has now.
     *
     * @return how many; 0 also where there is no {@code ss}, or kernel or rights do not allow it
     */
    static int connectionsOf(long pid) {
        try {
            return cut(pid);
        } catch (IOException e) {
            return 0;
        }
    }

    private static int cut(long pid) throws IOException {
        Set<String> ports = connected().stream()
                .filter(line -> line.contains("pid=" + pid + ","))
                .map(line -> line.split("\\s+")[LOCAL_ADDRESS])
                .map(address -> address.substring(address.lastIndexOf(':') + 1))
                .collect(Collectors.toSet());
        if (ports.isEmpty()) {
            return 0;
        }
        List<String> command = new ArrayList<>(List.of("ss", "-HtnK", "state", "established", "("));
        command.add(ports.stream().map(port -> "sport = :" + port).collect(Collectors.joining(" or ")));
        command.add(")");
        return said(command).size();
    }

    private static List<String> connected() throws IOException {
        return said(List.of("ss", "-Htnp", "state", "established"));
    }

    private static List<String> said(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(process.getInputStream().readAllBytes()).lines().toList();
    }
}
