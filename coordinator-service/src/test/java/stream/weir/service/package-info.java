@NullMarked
package stream.weir.service;

import org.jspecify.annotations.NullMarked;
