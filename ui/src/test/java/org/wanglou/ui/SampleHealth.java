package org.wanglou.ui;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wanglou.ui.api.HealthSource;

/** Figures of an instance that runs well but for one source. */
final class SampleHealth implements HealthSource {
    private final long begun = System.currentTimeMillis();
    volatile boolean ready = true;
    volatile Flow flow = new Flow(120_345, 120_340, 5, 120_300, 120_338, 40, 2);

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public long uptimeMillis() {
        return System.currentTimeMillis() - begun;
    }

    @Override
    public List<Part> parts() {
        return List.of(
                new Part("消息总线", State.OK, "嵌入式 Kafka，4 个分区", ""),
                new Part("检测", State.OK, "1,024 条规则在用", ""),
                new Part("采集 udp-514", State.WARN, "来源 10.1.9.4 已 35 分钟没有日志", "检查该设备的日志转发设置和网络"));
    }

    @Override
    public List<Source> sources() {
        return List.of(
                new Source("syslog", 100_000, 99_996, Map.of("queue_full", 4L), 12, 30, 7, 41.5, begun, 30),
                new Source("nginx", 20_345, 20_344, Map.of("too_long", 1L), 0, 5, 0, 0, begun, 10));
    }

    @Override
    public Flow flow() {
        return flow;
    }

    @Override
    public Optional<Latency> latency() {
        return Optional.of(new Latency(180, 640, 5_000));
    }

    @Override
    public List<Disk> disks() {
        return List.of(new Disk("data", 200L << 30, 500L << 30));
    }

    @Override
    public long rssBytes() {
        return 900L << 20;
    }

    @Override
    public String cryptoSelfTest() {
        return "ok";
    }
}
