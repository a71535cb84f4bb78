/**
 * Makes pages of the repository's documents: each document becomes the page of the same path, and what it links is copied beside it, so
 * that a site is a folder that can be read from any place, without a server. One thread.
 */
@NullMarked
package stream.weir.site;

import org.jspecify.annotations.NullMarked;
