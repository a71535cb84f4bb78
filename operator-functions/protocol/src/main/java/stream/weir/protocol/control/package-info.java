/**
 * What coordinator and replicas say to each other. Every message carries pipeline, run and term; whoever gets an older one
 * refuses it with an error that says so.
 */
@NullMarked
package stream.weir.protocol.control;

import org.jspecify.annotations.NullMarked;
