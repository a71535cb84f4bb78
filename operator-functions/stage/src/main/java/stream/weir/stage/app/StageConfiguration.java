package stream.weir.stage.app;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import stream.weir.network.service.NetworkOptions;

/** Every setting of a stage service; environment variables are named after them ({@code WEIR_STAGE_NAME}). */
@ConfigMapping(prefix = "weir")
interface StageConfiguration {
    PipelineSettings pipeline();

    StageSettings stage();

    CoordinatorSettings coordinator();

    DataSettings data();

    NetworkOptions network();

    StateSettings state();

    interface PipelineSettings {
        /** The pipeline file, the same for all processes of the pipeline. */
        Path file();
    }

    interface StageSettings {
        /** Which stage of the pipeline this process runs. */
        String name();

        /**
         * Name of this process, of no other one of the pipeline at the same time; the pod's name in Kubernetes, and otherwise a new one
         * each time, unless told.
         */
        Optional<String> instance();

        /** Folder for working state on local disk, of this process alone. */
        @WithDefault("/var/lib/weir")
        Path folder();

        /** Jars with functions and connectors, and folders of jars, with commas between; {@code /app/functions} where that is there. */
        Optional<List<Path>> functions();

        /**
         * Does not run the stage, but says whether its steps could begin with the state of a checkpoint: {@code newest}, the folder of
         * a savepoint, or the document of a checkpoint. Prints a line of JSON that says so, and ends with 0 when they can, with 3 when
         * they cannot, with 1 when nobody knows.
         */
        Optional<String> check();

        /** How long the process may go on after it was told to end, to hand over its replica. */
        @WithDefault("25s")
        Duration grace();

        /** How often it tells the coordinator how its replica gets on. */
        @WithDefault("1s")
        Duration progressInterval();
    }

    interface CoordinatorSettings {
        /**
         * Where coordinators listen for control connections, {@code host:port} with commas between; one of them leads. A name with several
         * addresses stands for all of them, and is looked up each time that a leader is looked for ({@code -Dsun.net.inetaddr.ttl=1}, or
         * Java remembers it for 30 s).
         */
        List<String> addresses();
    }

    interface DataSettings {
        /** Address to listen on for data links. */
        @WithDefault("0.0.0.0")
        String host();

        /** Port to listen on for data links; 0 for any that is free. */
        @WithDefault("7070")
        int port();

        /** Host by which other processes reach this one; the address of its first interface unless told. */
        Optional<String> advertisedHost();

        /**
         * Most bytes of a link that may be on their way, not consumed yet; less for a slow reader: what it consumes in 100
         * ms. The same in all processes of a pipeline.
         */
        @WithDefault("4M")
        MemorySize credit();

        /** A batch of records of at least this size is sent at once. */
        @WithDefault("32K")
        MemorySize frame();

        /** A batch of records is sent at the latest after this time. */
        @WithDefault("1ms")
        Duration batchTimeout();

        /** How long a broken link may take to come back before its replica fails. */
        @WithDefault("5s")
        Duration reconnectTimeout();
    }

    interface StateSettings {
        /** Native memory for RocksDB: blocks and memtables. */
        @WithDefault("256M")
        MemorySize rocksdbMemory();

        /** Heap for the write-back cache in front of RocksDB. */
        @WithDefault("128M")
        MemorySize cache();
    }
}
