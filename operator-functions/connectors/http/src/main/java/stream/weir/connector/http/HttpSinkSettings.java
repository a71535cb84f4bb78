package stream.weir.connector.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import stream.weir.api.row.RowType;

/**
 * Where rows are sent, and how.
 *
 * @param timeout of one request
 * @param retries after the first attempt
 * @param maxInFlight requests under way at once
 */
record HttpSinkSettings(
        URI url,
        String method,
        Map<String, String> headers,
        Format format,
        char delimiter,
        RowType rows,
        Duration timeout,
        int retries,
        int maxInFlight,
        Rejected rejected) {
    enum Format {
        JSON("application/json"),
        CSV("text/csv"),
        TEXT("text/plain; charset=utf-8");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        String mediaType() {
            return mediaType;
        }
    }

    /** What to do with a row that the receiver does not want. */
    enum Rejected {
        FAIL,
        SKIP
    }

    /** The URL for people: without user and query, which may be secrets. */
    String receiver() {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
    }
}
