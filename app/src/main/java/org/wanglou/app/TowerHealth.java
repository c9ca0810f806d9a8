package org.wanglou.app;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.wanglou.correlator.Correlator;
import org.wanglou.model.Latencies;
import org.wanglou.sensors.SourceCounts;
import org.wanglou.ui.api.HealthSource;

/** How the tower is, for the health page. Thread-safe. */
final class TowerHealth implements HealthSource {
    private static final String ASK = "查看日志；持续出现请重启并联系维护人员";
    private static final Map<String, String> NAMES = Map.of(
            "correlator", "关联分析",
            "archive", "日志归档",
            "alerting", "立案与处置",
            "notify", "通知发送",
            "ledger", "存证账本",
            "canary", "全路径自检",
            "reload", "配置重载",
            "wanglou-detect", "检测阶段",
            "wanglou-windows", "窗口阶段",
            "wanglou-stories", "研判阶段");

    private final Tower tower;
    private final Path root;
    private final LongSupplier rssBytes;

    TowerHealth(Tower tower, Path root, LongSupplier rssBytes) {
        this.tower = tower;
        this.root = root;
        this.rssBytes = rssBytes;
    }

    @Override
    public boolean ready() {
        return tower.ready();
    }

    @Override
    public long uptimeMillis() {
        return ManagementFactory.getRuntimeMXBean().getUptime();
    }

    @Override
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        tower.troubles()
                .forEach((part, trouble) -> parts.add(
                        trouble.isEmpty()
                                ? new Part(NAMES.getOrDefault(part, part), State.OK, "正常", "")
                                : new Part(
                                        NAMES.getOrDefault(part, part),
                                        part.equals("reload") ? State.WARN : State.BAD,
                                        trouble,
                                        part.equals("reload") ? "原有规则与配置仍在使用；改正后再次重载" : ASK)));
        tower.correlator()
                .running()
                .forEach((stage, running) -> parts.add(
                        running
                                ? new Part(NAMES.getOrDefault(stage, stage), State.OK, "运行中", "")
                                : new Part(
                                        NAMES.getOrDefault(stage, stage), State.WARN, "未运行", "启动后一分钟内会自行就绪；否则查看日志")));
        tower.held().forEach((holder, reason) -> parts.add(new Part("接收暂停", State.BAD, reason, "清理磁盘或扩容；空间恢复后自动继续")));
        tower.uncleanStop()
                .ifPresent(began -> parts.add(new Part(
                        "上次停止",
                        State.WARN,
                        "上次运行（始于 " + began + "）未正常停止，UDP 与明文 TCP 来源在停止瞬间的日志可能缺失",
                        "请用 SIGTERM 停止；可靠来源会自行补发")));
        return parts;
    }

    @Override
    public List<Source> sources() {
        Map<String, Long> archived = tower.archived();
        Map<String, Long> counts = tower.meters().counts();
        return tower.sensors().sources().stream()
                .map(state -> {
                    SourceCounts own = state.counts();
                    String name = own.source();
                    return new Source(
                            name,
                            own.received(),
                            own.published(),
                            dropped(own, state.kernelDrops()),
                            counts.getOrDefault("wanglou_sensors_unparsed_total{source=\"" + name + "\"}", 0L),
                            counts.getOrDefault("wanglou_sensors_masked_total{source=\"" + name + "\"}", 0L),
                            unassigned(counts, name),
                            state.perSecond(),
                            tower.sensors().lastHeardMillis(name),
                            Math.max(0, own.published() - archived.getOrDefault(name, 0L)));
                })
                .toList();
    }

    private static long unassigned(Map<String, Long> counts, String source) {
        String series = "wanglou_sensors_unassigned_total{source=\"" + source + "\",";
        return counts.entrySet().stream()
                .filter(one -> one.getKey().startsWith(series))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** What the kernel threw away was never received: it is shown beside what was, not inside the equation. */
    private static Map<String, Long> dropped(SourceCounts own, long kernelDrops) {
        if (kernelDrops <= 0) {
            return own.dropped();
        }
        Map<String, Long> all = new java.util.TreeMap<>(own.dropped());
        all.put("kernel", kernelDrops);
        return all;
    }

    @Override
    public Flow flow() {
        // The later counts of the path first: what moves on meanwhile then shows as pending, never as too much.
        long archived =
                tower.archived().values().stream().mapToLong(Long::longValue).sum();
        Map<String, Long> detectedBySource = tower.correlator().detected();
        long detected =
                detectedBySource.values().stream().mapToLong(Long::longValue).sum();
        long unarchived = Math.max(0, tower.archiver().lag());
        long undetected = Math.max(
                0,
                tower.correlator()
                        .lag()
                        .getOrDefault(Correlator.applicationIds().get(0), 0.0)
                        .longValue());
        long received = 0;
        long published = 0;
        long dropped = 0;
        for (var state : tower.sensors().sources()) {
            received += state.counts().received() - state.counts().pending();
            published += state.counts().published();
            dropped += state.counts().droppedInAll();
        }
        return new Flow(received, published, dropped, archived, detected, unarchived, undetected);
    }

    @Override
    public Optional<Latency> latency() {
        Latencies latencies = tower.latencies();
        return latencies.count() == 0
                ? Optional.empty()
                : Optional.of(new Latency(latencies.percentile(0.5), latencies.percentile(0.99), latencies.count()));
    }

    @Override
    public List<Disk> disks() {
        try {
            FileStore store = Files.getFileStore(root);
            return List.of(new Disk(root.toString(), store.getUsableSpace(), store.getTotalSpace()));
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public long rssBytes() {
        return rssBytes.getAsLong();
    }

    @Override
    public String cryptoSelfTest() {
        return "ok"; // the tower does not start when it fails
    }
}
