/** The one planted package that says @NullMarked. */
@NullMarked
package stream.weir.verification.architecture.planted.library;

import org.jspecify.annotations.NullMarked;
