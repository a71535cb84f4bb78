package stream.weir.verification.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stream.weir.verification.endtoend.WeirProcess;

/** A pipeline that runs in a process of its own, with a console. */
final class ConsolePipeline {
    private static final Pattern ADDRESS = Pattern.compile("console of \\S+: (http://\\S+/)(#token=\\w+)");

    private final WeirProcess process;
    private final String address;
    private final String token;

    private ConsolePipeline(WeirProcess process, String address, String token) {
        this.process = process;
        this.address = address;
        this.token = token;
    }

    /** Orders for longer than any test takes, summed up by customer. */
    static ConsolePipeline sound(Path folder) throws IOException, InterruptedException {
        return start(folder, "shop", """
            # Made-up orders, summed up by customer.
            apiVersion: weir.stream/v1alpha1
            kind: StreamPipeline
            metadata: {name: shop}
            spec:
              checkpoint:
                interval: 1s
                snapshots: {uri: "file:%1$s/shop/snapshots"}
              state: {backend: RocksDB}
              stages:
                - name: orders
                  source:
                    generator: {count: 1000000000, splits: 1, fields: {number: {sequence: 0}}}
                    rate: 2000
                  steps:
                    - map: {customer: "number %% 500", cents: "number %% 1000"}
                - name: totals
                  replicas: 2
                  inputs: [{from: orders, keyBy: [customer]}]
                  steps:
                    - aggregate: {fields: {orders: {count: "*"}, spent: {sum: cents}}}
                - name: report
                  inputs: [{from: totals}]
                  steps: [{filter: orders %% 100 == 0}]
                  sink: {file: {path: "%1$s/shop/out", format: csv}}
            """.formatted(folder));
    }

    /** Fails again and again where it divides by zero. */
    static ConsolePipeline failing(Path folder) throws IOException, InterruptedException {
        return start(folder, "broken", """
            apiVersion: weir.stream/v1alpha1
            kind: StreamPipeline
            metadata: {name: broken}
            spec:
              checkpoint:
                interval: 1s
                snapshots: {uri: "file:%1$s/broken/snapshots"}
              stages:
                - name: numbers
                  source:
                    generator: {count: 1000000000, splits: 1, fields: {number: {sequence: 1}}}
                    rate: 1000
                  steps:
                    - map: {share: "100 / (number %% 2000)"}
                  sink: {file: {path: "%1$s/broken/out", format: csv}}
            """.formatted(folder));
    }

    private static ConsolePipeline start(Path folder, String name, String text)
            throws IOException, InterruptedException {
        Path own = Files.createDirectories(folder.resolve(name));
        Path file = Files.writeString(own.resolve("pipeline.yaml"), text);
        WeirProcess process = WeirProcess.start(
                own.resolve("log"),
                "run",
                "--console",
                "0",
                "--restarts",
                "-1",
                "--work-dir",
                own.resolve("work").toString(),
                file.toString());
        process.awaitOutput(ADDRESS, 1);
        Matcher said = ADDRESS.matcher(process.output());
        if (!said.find()) {
            throw new IOException("no console was served: " + process.output());
        }
        return new ConsolePipeline(process, said.group(1), said.group(2));
    }

    String address() {
        return address;
    }

    String addressWithToken() {
        return address + token;
    }

    void kill() throws InterruptedException {
        process.kill();
    }
}
