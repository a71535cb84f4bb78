/**
 * Kubernetes objects of a pipeline, as values: the same pipeline and settings give the same objects, which golden files show. Nothing
 * here talks to a cluster.
 */
@NullMarked
package stream.weir.operator.resource;

import org.jspecify.annotations.NullMarked;
