/**
 * The annotation processor that writes codecs for types with {@link stream.weir.api.codec.Encoded}, without reflection.
 *
 * <p>A module that uses it adds it to the processors of the root pom, and names it as a dependency, so that it is built first:
 *
 * <pre>{@code
 * <dependency><groupId>stream.weir</groupId><artifactId>weir-codegen</artifactId><scope>provided</scope></dependency>
 * ...
 * <plugin>
 *   <artifactId>maven-compiler-plugin</artifactId>
 *   <configuration>
 *     <annotationProcessorPaths combine.children="append">
 *       <path><groupId>stream.weir</groupId><artifactId>weir-codegen</artifactId><version>${project.version}</version></path>
 *     </annotationProcessorPaths>
 *   </configuration>
 * </plugin>
 * }</pre>
 *
 * <p>First each type is read into a {@link stream.weir.codegen.Model}, with all problems reported at their elements; then the
 * source is written from the model alone. Runs in the compiler's thread.
 */
@NullMarked
package stream.weir.codegen;

import org.jspecify.annotations.NullMarked;
