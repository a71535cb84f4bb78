/**
 * Builds the container images of the services, layer by layer, and pushes them to a registry: no container engine is needed. The
 * entry point is {@link stream.weir.images.Images}; everything runs on the thread that calls it.
 *
 * <p>An application's files are first laid out in a folder as they will be in the image, with the file times that they will have
 * there. The application is then run once from that folder, on the Java runtime of the base image and with the flags of the image,
 * to record which classes it needs; from that the runtime makes its AOT cache, which goes into a layer of its own.
 */
@NullMarked
package stream.weir.images;

import org.jspecify.annotations.NullMarked;
