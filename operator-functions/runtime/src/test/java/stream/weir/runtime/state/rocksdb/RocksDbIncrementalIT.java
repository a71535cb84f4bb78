package stream.weir.runtime.state.rocksdb;

import stream.weir.runtime.state.rocksdb.RocksDbConfig.Uploads;

/** Checkpoints store what is new. */
final class RocksDbIncrementalIT extends RocksDbContract {
    RocksDbIncrementalIT() {
        super(RocksDbConfig.DEFAULT.withUploads(Uploads.INCREMENTAL));
    }
}
