package stream.weir.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Link;
import org.commonmark.node.StrongEmphasis;

/** What stands beside each page: the parts and documents of the index, in its order. */
final class Navigation {
    private final List<Entry> entries;

    private Navigation(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** A line of it. */
    private sealed interface Entry {
        /** The name of a part. */
        record Part(String name) implements Entry {}

        /** @param place of its page in the site */
        record Document(Path document, String title, Path place) implements Entry {}
    }

    /** @param index a document that lists all others, in parts with a name in bold */
    static Navigation of(Pages pages, Path index) throws IOException {
        List<Entry> entries = new ArrayList<>();
        List<Path> found = new ArrayList<>();
        pages.parsed(index).accept(new AbstractVisitor() {
            @Override
            public void visit(StrongEmphasis name) {
                entries.add(new Entry.Part(Pages.text(name)));
            }

            @Override
            public void visit(Link link) {
                Path document = index.resolveSibling(link.getDestination().replaceFirst("#.*", ""))
                        .normalize();
                if (pages.isPage(document) && !found.contains(document)) {
                    found.add(document);
                    entries.add(new Entry.Document(document, "", pages.placeOf(document)));
                }
            }
        });
        List<Entry> titled = new ArrayList<>();
        for (Entry entry : entries) {
            titled.add(
                    entry instanceof Entry.Document(Path document, String ignored, Path place)
                            ? new Entry.Document(document, pages.page(document).title(), place)
                            : entry);
        }
        return new Navigation(titled);
    }

    /**
     * @param present the document beside whose page it stands
     * @param up from there to the site's own folder
     */
    String html(Path present, String up) {
        StringBuilder html = new StringBuilder();
        for (Entry entry : entries) {
            switch (entry) {
                case Entry.Part(String name) ->
                    html.append("<p>").append(Html.escaped(name)).append("</p>\n");
                case Entry.Document(Path document, String title, Path place) -> {
                    String here = document.equals(present) ? " aria-current=\"page\"" : "";
                    html.append("<a href=\"")
                            .append(up)
                            .append(place)
                            .append('"')
                            .append(here)
                            .append('>')
                            .append(Html.escaped(title))
                            .append("</a>\n");
                }
            }
        }
        return html.toString();
    }
}
