package stream.weir.images;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Asks the cluster for what an operator asks, says that it is ready, and waits for its end. In one class, as it is a jar of its own. */
final class PlayedOperator {
    private PlayedOperator() {}

    public static void main(String... arguments) throws Exception {
        try (InputStream how = PlayedOperator.class.getResourceAsStream("/how")) {
            if (how == null || !new String(how.readAllBytes(), StandardCharsets.UTF_8).equals("leads")) {
                System.out.println("no operator today");
                System.exit(1);
            }
        }
        lead(System.getenv("KUBERNETES_MASTER"), System.getenv("WEIR_OPERATOR_ELECTION_NAMESPACE"));
        HttpServer server = HttpServer.create(
                new InetSocketAddress(
                        System.getenv("QUARKUS_HTTP_HOST"), Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"))),
                0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    private static void lead(String api, String namespace) throws IOException, InterruptedException {
        // As the operator's client: whoever asks for an upgrade wants to watch.
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            String pipelines = ask(client, api + "/apis/weir.stream/v1alpha1/streampipelines", "GET", "")
                    .body();
            System.out.println(
                    (pipelines.contains("\"name\": \"training\"") ? namespace + "/training is" : "there is no")
                            + " a pipeline");
            String leases = api + "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
            System.out.println("its lease is written: "
                    + ask(client, leases, "POST", "{\"metadata\":{\"name\":\"weir-operator\"}}")
                            .statusCode());
            System.out.println("and is there: "
                    + ask(client, leases + "/weir-operator", "GET", "").statusCode());
        }
    }

    private static HttpResponse<String> ask(HttpClient client, String url, String method, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
