package stream.weir.site;

import java.io.IOException;
import java.nio.file.Path;

/** {@code ./weir site}: all documents into a folder. */
public final class SiteMain {
    private SiteMain() {}

    /** @param arguments the repository's folder, and the one for the site */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("Say the repository's folder, and the one for the site");
            System.exit(2);
        }
        Path target = Path.of(arguments[1]);
        int pages = new Site(Path.of(arguments[0])).write(target);
        System.out.println(pages + " pages in " + target.toAbsolutePath().normalize() + "; begin with index.html");
    }
}
