package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.verification.services.SumsJob.Settings;

/** F13, with a stage whose working folder is a disk of its own. */
@Timeout(3_600)
class FaultsOfDisksIT {
    @TempDir
    private static Path folder;

    private static SumsJob job;
    private static Services services;
    private static SmallDisk disk;

    @BeforeAll
    static void start() throws Exception {
        Optional<String> why = Services.whyNotAvailable().or(() -> SmallDisk.whyNotAvailable(folder));
        assumeTrue(why.isEmpty(), why.orElse(""));
        job = SumsJob.write(
                folder, new Settings(Settings.ENDLESS, 1_000, 5_000, "interval: 300ms", Snapshots.folder()));
        services = job.services(1);
        disk = SmallDisk.mount(services.state("sums-0"));
        services.startCoordinator(0);
        SumsJob.startStages(services);
        runs();
    }

    @AfterAll
    static void stop() throws Exception {
        try (SmallDisk _ = disk;
                Services ended = services) {
            if (ended != null) {
                job.stopAndAssertExact(ended);
            }
        }
    }

    @Test
    void when_the_disk_of_a_stage_is_full_then_path_cause_and_bytes_are_told_and_it_goes_on_when_there_is_room()
            throws Exception {
        // given
        runs();
        Pattern full =
                Pattern.compile("\"(detail|cause)\":\"(?=[^\"]*No space left on device)[^\"]*The disk is full: \\d+"
                        + " bytes of 67108864 are free at " + services.state("sums-0"));
        // when
        // What RocksDB deletes makes room once more.
        String status = services.await("path, cause and bytes", now -> {
            disk.fill();
            return full.matcher(now).find();
        });
        // then
        assertThat(status).doesNotContain("\"phase\":\"FAILED\"");
        // when
        disk.empty();
        // then
        runs();
        assertThat(services.process("sums-0").isAlive()).isTrue();
        job.awaitExact("after the disk was full");
    }

    @Test
    void when_the_disk_of_a_stage_comes_back_read_only_then_path_and_cause_are_told_and_it_goes_on_when_it_is_not()
            throws Exception {
        // given
        runs();
        Pattern readOnly = Pattern.compile(
                "\"(detail|cause)\":\"[^\"]*" + services.state("sums-0") + "[^\"]*Read-only file system");
        services.kill("sums-0");
        disk.readOnly();
        // when
        services.restart("sums-0");
        // then
        services.await("path and cause", status -> readOnly.matcher(status).find());
        // when
        disk.writable();
        // then
        runs();
        job.awaitExact("after the disk was read-only");
    }

    private static void runs() throws IOException, InterruptedException {
        services.awaitPhase("RUNNING");
        services.awaitProgress();
    }
}
