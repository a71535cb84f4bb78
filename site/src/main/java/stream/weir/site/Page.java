package stream.weir.site;

import java.nio.file.Path;
import java.util.List;

/**
 * A document as HTML.
 *
 * @param title its first heading
 * @param linked files of the repository that it links and that are no pages
 */
record Page(String title, String body, List<Path> linked) {
    Page {
        linked = List.copyOf(linked);
    }
}
