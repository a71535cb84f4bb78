/** What users of Weir write against. Depends on nothing. */
@NullMarked
package stream.weir.api;

import org.jspecify.annotations.NullMarked;
