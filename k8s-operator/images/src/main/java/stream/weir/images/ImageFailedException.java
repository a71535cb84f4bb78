package stream.weir.images;

/** An image could not be built; the message says why and what to do. */
final class ImageFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    ImageFailedException(String message) {
        super(message);
    }

    ImageFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
