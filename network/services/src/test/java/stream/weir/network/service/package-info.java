@NullMarked
package stream.weir.network.service;

import org.jspecify.annotations.NullMarked;
