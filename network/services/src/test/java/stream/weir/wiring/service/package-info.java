@NullMarked
package stream.weir.wiring.service;

import org.jspecify.annotations.NullMarked;
