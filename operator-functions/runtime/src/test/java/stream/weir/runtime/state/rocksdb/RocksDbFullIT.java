package stream.weir.runtime.state.rocksdb;

import stream.weir.runtime.state.rocksdb.RocksDbConfig.Uploads;

/** Checkpoints store everything. */
final class RocksDbFullIT extends RocksDbContract {
    RocksDbFullIT() {
        super(RocksDbConfig.DEFAULT.withUploads(Uploads.FULL));
    }
}
