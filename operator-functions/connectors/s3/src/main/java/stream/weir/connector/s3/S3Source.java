package stream.weir.connector.s3;

import stream.weir.api.codec.Codec;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;
import stream.weir.api.source.Source;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceReader;
import stream.weir.connector.format.input.FilesReader;
import stream.weir.connector.format.input.InputSettings;
import stream.weir.connector.format.input.RecordFormat;

/** Reads the objects below a prefix of a bucket. */
public final class S3Source implements Source<Row> {
    private final Bucket bucket;
    private final Prefix prefix;
    private final RowType rows;
    private final RecordFormat format;
    private final InputSettings settings;

    S3Source(Bucket bucket, Prefix prefix, RowType rows, RecordFormat format, InputSettings settings) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.rows = rows;
        this.format = format;
        this.settings = settings;
    }

    @Override
    public Codec<Row> codec() {
        return RowCodec.of(rows);
    }

    @Override
    public SourceReader<Row> open(SourceContext context) throws Exception {
        BucketFiles files = new BucketFiles(bucket.reader(context.background()), prefix);
        try {
            return FilesReader.open(new FilesReader.Place(files, format, settings, context.background()), context);
        } catch (Exception e) {
            files.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return "objects " + prefix;
    }
}
