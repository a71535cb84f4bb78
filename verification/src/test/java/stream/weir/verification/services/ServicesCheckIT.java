package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stage process that only says whether its steps could begin with a checkpoint. */
@Timeout(600)
class ServicesCheckIT {
    @TempDir
    private Path folder;

    @BeforeAll
    static void theServicesAreBuilt() {
        Optional<String> why = Services.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
    }

    @Test
    void when_state_is_checked_then_the_answer_and_the_exit_code_say_whether_it_fits() throws Exception {
        SumsJob job = SumsJob.write(folder, 100_000, 1_000);
        try (Services services = job.services(1)) {
            // given
            services.startCoordinator(0);
            assertThat(services.checkState("before", "sums", "newest")).isZero();
            SumsJob.startStages(services);
            String status = services.await("a checkpoint", now -> now.contains("\"newest\":{"));
            // then
            assertThat(services.checkState("same", "sums", "newest"))
                    .as(services.log("same"))
                    .isZero();
            assertThat(services.log("same")).contains("\"compatible\":true,\"problems\":[]");
            // when
            services.use(job.incompatible());
            // then
            assertThat(services.checkState("other", "sums", "newest"))
                    .as(services.log("other"))
                    .isEqualTo(3);
            assertThat(services.log("other")).contains("\"compatible\":false").contains("Cannot restore state");
            assertThat(services.checkState("stateless", "numbers", "newest")).isZero();
            assertThat(services.checkState("nowhere", "sums", "file:" + folder.resolve("nowhere")))
                    .isEqualTo(1);
            assertThat(services.newestCheckpoint(status)).isPositive();
        }
    }
}
