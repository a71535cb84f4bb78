package stream.weir.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Makes pages of documents. Links to other documents lead to their pages, links to files of the repository to copies of them, and links to
 * folders to nothing, as there is nothing to read.
 */
final class Pages {
    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());

    private final Path root;
    private final Set<Path> documents;
    private final Parser parser = Parser.builder().extensions(EXTENSIONS).build();
    private final HtmlRenderer renderer =
            HtmlRenderer.builder().extensions(EXTENSIONS).build();

    /** @param documents all that become pages */
    Pages(Path root, Set<Path> documents) {
        this.root = root;
        this.documents = documents;
    }

    Node parsed(Path document) throws IOException {
        return parser.parse(Files.readString(document));
    }

    boolean isPage(Path file) {
        return documents.contains(file);
    }

    /** Where a document's page is in the site. */
    Path placeOf(Path document) {
        Path relative = root.relativize(document);
        return relative.toString().equals("README.md")
                ? Path.of("index.html")
                : Path.of(relative.toString().replaceFirst("\\.md$", ".html"));
    }

    Page page(Path document) throws IOException {
        Node content = parsed(document);
        List<Path> linked = new ArrayList<>();
        StringBuilder title = new StringBuilder();
        content.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                if (title.isEmpty()) {
                    title.append(text(heading));
                }
                visitChildren(heading);
            }

            @Override
            public void visit(Link link) {
                link.setDestination(destination(document, link.getDestination(), linked));
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                image.setDestination(destination(document, image.getDestination(), linked));
                visitChildren(image);
            }
        });
        return new Page(title.toString(), renderer.render(content), linked);
    }

    private String destination(Path document, String destination, List<Path> linked) {
        if (destination.contains("://") || destination.startsWith("#") || destination.startsWith("mailto:")) {
            return destination;
        }
        int hash = destination.indexOf('#');
        String path = hash < 0 ? destination : destination.substring(0, hash);
        String anchor = hash < 0 ? "" : destination.substring(hash);
        Path file = document.resolveSibling(path).normalize();
        if (isPage(file)) {
            return relative(document, placeOf(file)) + anchor;
        }
        if (Files.isRegularFile(file) && file.startsWith(root)) {
            linked.add(file);
            return relative(document, root.relativize(file)) + anchor;
        }
        return "#";
    }

    private String relative(Path document, Path place) {
        return "../".repeat(placeOf(document).getNameCount() - 1) + place;
    }

    /** What is written in a node, without its form. */
    static String text(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text each) {
                text.append(each.getLiteral());
            }

            @Override
            public void visit(Code each) {
                text.append(each.getLiteral());
            }
        });
        return text.toString();
    }
}
