/** What people and programs ask of a coordinator over HTTP. Nothing is decided here. */
@NullMarked
package stream.weir.service.rest;

import org.jspecify.annotations.NullMarked;
