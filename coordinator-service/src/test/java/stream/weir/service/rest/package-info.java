@NullMarked
package stream.weir.service.rest;

import org.jspecify.annotations.NullMarked;
