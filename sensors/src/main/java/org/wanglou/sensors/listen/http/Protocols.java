package org.wanglou.sensors.listen.http;

import java.util.List;
import org.wanglou.sensors.listen.http.elastic.BulkProtocol;
import org.wanglou.sensors.listen.http.otlp.OtlpProtocol;
import org.wanglou.sensors.listen.http.splunk.HecProtocol;

/** Every protocol there is; the first speaks to requests that are of none. */
public final class Protocols {
    private Protocols() {}

    /** @param source name of the source, part of its ingest path */
    public static List<HttpProtocol> of(String source) {
        return List.of(new IngestProtocol(source), new BulkProtocol(), new OtlpProtocol(), new HecProtocol());
    }
}
