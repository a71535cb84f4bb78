/**
 * Keyed state. Backends keep named tables of bytes, addressed by key group and key; typed states, timers and windows are built
 * on them, so that every backend behaves alike. One contract test holds all backends to these rules.
 *
 * <p>Tables and captures are used on the replica's thread only. {@link stream.weir.runtime.state.StateCapture#store} alone runs
 * on another one, beside later reads and writes.
 */
@NullMarked
package stream.weir.runtime.state;

import org.jspecify.annotations.NullMarked;
