package stream.weir.service.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.store.StoreException;

/** The store's own words, as an answer. */
class StoreProblems {
    @ServerExceptionMapper
    Response answer(StoreException error) {
        return Response.status(Response.Status.BAD_GATEWAY)
                .type(MediaType.APPLICATION_JSON)
                .entity(new Problem("STORE_FAILED", String.valueOf(error.getMessage()), Optional.empty()))
                .build();
    }

    @ServerExceptionMapper
    Response answer(InvalidDocumentException error) {
        return Response.status(Response.Status.BAD_GATEWAY)
                .type(MediaType.APPLICATION_JSON)
                .entity(new Problem("CHECKPOINT_INVALID", String.valueOf(error.getMessage()), Optional.empty()))
                .build();
    }
}
