/** New projects for functions of users' own. One thread. */
@NullMarked
package stream.weir.cli.project;

import org.jspecify.annotations.NullMarked;
