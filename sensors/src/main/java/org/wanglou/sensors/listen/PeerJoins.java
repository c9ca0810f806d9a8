package org.wanglou.sensors.listen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.wanglou.sensors.frame.Frame;

/** Lines of many peers over one socket, put together for each; at most 256 peers. Confined to its thread. */
final class PeerJoins {
    private static final int MOST = 256;

    private final Joining joining;
    private final Consumer<Frame> frames;
    private final boolean joins;
    private final Map<String, LineJoin> peers = new LinkedHashMap<>(16, 0.75f, true);

    PeerJoins(Joining joining, Consumer<Frame> frames) {
        this.joining = joining;
        this.frames = frames;
        this.joins = joining.joins();
    }

    void add(Frame line) {
        if (!joins) {
            frames.accept(line);
            return;
        }
        LineJoin peer = peers.get(line.peer());
        if (peer == null) {
            if (peers.size() >= MOST) {
                Map.Entry<String, LineJoin> oldest = peers.entrySet().iterator().next();
                peers.remove(oldest.getKey());
                joining.early().increment();
                oldest.getValue().end();
            }
            peer = new LineJoin(joining.assembler().get(), frames);
            peers.put(line.peer(), peer);
        }
        peer.add(line);
    }

    void quiet(long now) {
        if (!peers.isEmpty()) {
            List<LineJoin> all = new ArrayList<>(peers.values());
            all.forEach(peer -> peer.quiet(now - joining.quietMillis()));
        }
    }

    void end() {
        peers.values().forEach(LineJoin::end);
    }
}
