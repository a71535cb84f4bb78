@NullMarked
package stream.weir.operator.reconcile;

import org.jspecify.annotations.NullMarked;
