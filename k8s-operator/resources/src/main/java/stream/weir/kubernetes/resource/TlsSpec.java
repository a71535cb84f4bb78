package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Mutual TLS between the processes of a pipeline. */
@Part
public record TlsSpec(
        @JsonPropertyDescription(
                "A Secret in the pipeline's namespace with tls.crt, tls.key (PKCS #8) and ca.crt, as cert-manager makes them. It is mounted; the operator does not read it. Changed files are read again.")
        @Required
        @Pattern("^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$")
        @Size(max = 253)
        String secretName) {}
