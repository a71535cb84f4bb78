/**
 * Rules for the code as a whole: who may know whom, what stays at the rim, what comes in from outside. The tables are data; each
 * rule is shown to catch a class that breaks it, planted below {@code planted}.
 */
@NullMarked
package stream.weir.verification.architecture;

import org.jspecify.annotations.NullMarked;
