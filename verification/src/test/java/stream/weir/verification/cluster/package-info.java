/**
 * Pipelines on a real Kubernetes cluster with real node loss: the one that {@code KUBECONFIG} and {@code REGISTRY} name, or the test
 * cluster beside this checkout. Without either the tests are skipped and say so.
 */
@NullMarked
package stream.weir.verification.cluster;

import org.jspecify.annotations.NullMarked;
