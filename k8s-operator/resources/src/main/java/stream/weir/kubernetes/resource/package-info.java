/**
 * The kinds of {@code weir.stream/v1alpha1}: what the API server stores, as immutable values with the annotations from which the
 * CRDs in {@code deploy/crds} are made. No logic but names. A part that is absent in the resource is null here, as the records
 * are read and written as they are.
 */
@NullMarked
package stream.weir.kubernetes.resource;

import org.jspecify.annotations.NullMarked;
