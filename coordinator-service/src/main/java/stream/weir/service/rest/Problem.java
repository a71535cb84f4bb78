package stream.weir.service.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;

/**
 * Why a request was not answered.
 *
 * @param reason a word for programs
 * @param detail what was tried, why not, and what to do
 * @param leader who leads, where this coordinator does not
 */
public record Problem(String reason, String detail, Optional<String> leader) {
    /** As an answer of a coordinator that waits to lead. */
    static WebApplicationException notLeader(Optional<String> leader) {
        return new WebApplicationException(Response.status(Status.SERVICE_UNAVAILABLE)
                .type(MediaType.APPLICATION_JSON)
                .entity(new Problem("NOT_LEADER", "this coordinator waits to lead: ask the one that does", leader))
                .build());
    }
}
