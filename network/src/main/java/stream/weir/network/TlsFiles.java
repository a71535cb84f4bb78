package stream.weir.network;

import java.nio.file.Path;

/**
 * Certificates in PEM files.
 *
 * @param certificate {@code network.tls.certificate}: of this process, and what leads from it to the authority
 * @param key {@code network.tls.key}: of that certificate, PKCS #8 without a password
 * @param authority {@code network.tls.authority}: who has signed the certificates of all peers; one or more
 */
public record TlsFiles(Path certificate, Path key, Path authority) {}
