/** Carries out what the machine decides. One thread decides and calls gateway and listener; store calls are made elsewhere, and their results come back as commands. Methods of the loop itself may be called from any thread. */
@NullMarked
package stream.weir.coordinator.loop;

import org.jspecify.annotations.NullMarked;
