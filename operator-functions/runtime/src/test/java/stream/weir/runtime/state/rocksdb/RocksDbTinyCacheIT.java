package stream.weir.runtime.state.rocksdb;

import stream.weir.runtime.state.rocksdb.RocksDbConfig.Uploads;

/** Next to nothing is in memory. */
final class RocksDbTinyCacheIT extends RocksDbContract {
    RocksDbTinyCacheIT() {
        super(new RocksDbConfig(Uploads.INCREMENTAL, 8 << 10, 1 << 10, 2, 2 << 10, 2));
    }
}
