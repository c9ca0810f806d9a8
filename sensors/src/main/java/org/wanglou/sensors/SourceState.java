package org.wanglou.sensors;

import java.net.InetSocketAddress;
import java.util.List;
import org.wanglou.sensors.listen.PeerTable;
import org.wanglou.sensors.listen.file.FileTail;

/**
 * What the console shows of a source. Immutable.
 *
 * @param kernelDrops datagrams the kernel threw away before they could be received, over all runs; -1: it does not tell
 * @param kernelBuffer bytes of receive buffer the kernel granted; 0 for other than UDP
 * @param files of a file source: the files it follows
 * @param perSecond frames a second it brings, over the last seconds
 * @param busiest its busiest senders, at most five
 */
public record SourceState(
        SourceCounts counts,
        SensorConfig.Transport transport,
        InetSocketAddress bound,
        long kernelDrops,
        int kernelBuffer,
        List<FileTail.FileState> files,
        double perSecond,
        List<PeerTable.Rate> busiest) {
    public SourceState {
        files = List.copyOf(files);
        busiest = List.copyOf(busiest);
    }
}
