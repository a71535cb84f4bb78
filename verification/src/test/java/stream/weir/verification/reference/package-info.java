/** Pages of docs/reference that are made from the code, and held to it. */
@NullMarked
package stream.weir.verification.reference;

import org.jspecify.annotations.NullMarked;
