package stream.weir.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A certificate authority and certificates of its making, by the JDK's keytool. */
public final class TestCertificates {
    private static final String PASSWORD = "changeit";
    private static final Path KEYTOOL = Path.of(System.getProperty("java.home"), "bin", "keytool");

    private final Path folder;
    private final String authority;

    private TestCertificates(Path folder, String authority) {
        this.folder = folder;
        this.authority = authority;
    }

    public static TestCertificates authority(Path folder, String name) throws IOException {
        TestCertificates made = new TestCertificates(folder, name);
        made.generate(name, "-ext", "bc:c");
        return made;
    }

    /** Files of a process whose certificate this authority has signed. */
    public TlsFiles issue(String name) throws IOException, GeneralSecurityException {
        generate(name, "-signer", authority);
        KeyStore store = KeyStore.getInstance(store().toFile(), PASSWORD.toCharArray());
        return new TlsFiles(
                pem(name + ".crt", "CERTIFICATE", store.getCertificate(name).getEncoded()),
                pem(
                        name + ".key",
                        "PRIVATE KEY",
                        store.getKey(name, PASSWORD.toCharArray()).getEncoded()),
                pem(
                        name + ".authority",
                        "CERTIFICATE",
                        store.getCertificate(authority).getEncoded()));
    }

    private Path pem(String file, String what, byte[] content) throws IOException {
        String text = "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + what + "-----\n";
        return Files.writeString(folder.resolve(file), text);
    }

    private Path store() {
        return folder.resolve(authority + ".p12");
    }

    private void generate(String alias, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(KEYTOOL.toString(), "-genkeypair", "-keyalg", "EC"));
        command.addAll(List.of("-alias", alias, "-dname", "CN=" + alias));
        command.addAll(List.of("-keystore", store().toString(), "-storepass", PASSWORD));
        command.addAll(List.of(more));
        Path log = folder.resolve("keytool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command + " failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
