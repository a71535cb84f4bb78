/** From settings to an open store: where it is, with which client, with which credentials. Values, and a search for providers. */
@NullMarked
package stream.weir.store.open;

import org.jspecify.annotations.NullMarked;
