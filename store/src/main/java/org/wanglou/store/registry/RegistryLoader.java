package org.wanglou.store.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.registry.Asset;
import org.wanglou.model.registry.Organization;
import org.wanglou.model.registry.PortBlock;
import org.wanglou.model.registry.Registry;
import org.wanglou.store.registry.CsvTable.Column;

/**
 * Reads {@code organizations.csv}, {@code assets.csv}, {@code contacts.csv} and {@code port-blocks.csv}. Their columns are described in the sample's
 * README. Lists inside a cell are separated by {@code ;}. Thread-safe.
 */
public final class RegistryLoader {
    static final String ORGANIZATIONS = "organizations.csv";
    static final String ASSETS = "assets.csv";
    static final String CONTACTS = "contacts.csv";
    static final String PORT_BLOCKS = "port-blocks.csv";

    /** The files of a registry; all but the first may be missing. */
    public static final List<String> FILES = List.of(ORGANIZATIONS, ASSETS, CONTACTS, PORT_BLOCKS);

    /** Where the made-up province lies among the class path's resources. */
    static final String SAMPLE = "/sample/";

    private static final long MAX_BYTES = 64L << 20;

    private static final List<Column> ORGANIZATION_COLUMNS = List.of(
            Column.required("id", "编码", "单位编码"),
            Column.optional("parent", "上级", "上级编码"),
            Column.required("name", "名称", "单位名称"),
            Column.required("kind", "类型", "单位类型"),
            Column.optional("prefixes", "网段", "地址段"));

    private static final List<Column> ASSET_COLUMNS = List.of(
            Column.required("id", "编号", "资产编号"),
            Column.required("name", "名称", "资产名称"),
            Column.required("organization", "单位", "单位编码"),
            Column.optional("addresses", "地址", "ip地址"),
            Column.optional("hosts", "主机名", "域名"),
            Column.optional("level", "等级", "安全保护等级"),
            Column.optional("critical", "关键信息基础设施", "关基"),
            Column.optional("data_class", "数据类别"),
            Column.optional("persons", "个人信息人数", "人数"));

    private static final List<Column> CONTACT_COLUMNS = List.of(
            Column.required("owner", "所属", "单位或资产"),
            Column.required("duty", "职责", "责任"),
            Column.required("name", "姓名", "名称"),
            Column.optional("contact", "联系方式", "电话"));

    private static final List<Column> PORT_BLOCK_COLUMNS = List.of(
            Column.required("organization", "单位", "单位编码"),
            Column.required("address", "公网地址", "地址"),
            Column.required("first_port", "起始端口"),
            Column.required("last_port", "结束端口"));

    private RegistryLoader() {}

    /** Reads a directory. A file that is not there has no rows; without {@code organizations.csv} that is a problem. */
    public static LoadedRegistry load(Path directory) {
        Map<String, byte[]> files = new TreeMap<>();
        List<RegistryProblem> problems = new ArrayList<>();
        for (String name : FILES) {
            Path file = directory.resolve(name);
            try {
                if (!Files.exists(file)) {
                    if (name.equals(ORGANIZATIONS)) {
                        problems.add(problem(name, "there is no such file", "put it into " + directory));
                    }
                } else if (Files.size(file) > MAX_BYTES) {
                    problems.add(problem(name, "the file is larger than 64 MiB", "split the registry"));
                } else {
                    files.put(name, Files.readAllBytes(file));
                }
            } catch (IOException e) {
                problems.add(problem(name, "the file cannot be read: " + e.getMessage(), "check path and rights"));
            }
        }
        return read(files, problems);
    }

    /** The made-up sample province. Its problems are empty. */
    public static LoadedRegistry sample() {
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : List.of(ORGANIZATIONS, ASSETS, CONTACTS)) {
            files.put(name, resource(name));
        }
        return read(files, new ArrayList<>());
    }

    /** Writes the sample's files and README into a directory, for a start of one's own; files there already stay. */
    public static void writeSample(Path directory) {
        try {
            Files.createDirectories(directory);
            for (String name : List.of(ORGANIZATIONS, ASSETS, CONTACTS, "README.md")) {
                Path file = directory.resolve(name);
                if (!Files.exists(file)) {
                    Files.write(file, resource(name));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the sample registry to " + directory, e);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = RegistryLoader.class.getResourceAsStream(SAMPLE + name)) {
            if (in == null) {
                throw new IllegalStateException("the sample registry is missing from the class path: " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same from bytes by file name, as an upload brings them. */
    public static LoadedRegistry read(Map<String, byte[]> files) {
        return read(files, new ArrayList<>());
    }

    private static LoadedRegistry read(Map<String, byte[]> files, List<RegistryProblem> problems) {
        Contacts contacts = new Contacts(table(files, CONTACTS, CONTACT_COLUMNS, problems), problems);
        OrganizationRows units = new OrganizationRows(contacts, problems);
        List<Organization> organizations = units.read(table(files, ORGANIZATIONS, ORGANIZATION_COLUMNS, problems));
        AssetRows rows = new AssetRows(units, contacts, problems);
        List<Asset> assets = rows.read(table(files, ASSETS, ASSET_COLUMNS, problems));
        contacts.reportUnknownOwners();
        List<PortBlock> blocks =
                new PortBlockRows(units, problems).read(table(files, PORT_BLOCKS, PORT_BLOCK_COLUMNS, problems));
        return new LoadedRegistry(
                new Registry(organizations, assets, blocks),
                digest(organizations, assets, blocks),
                organizations,
                assets,
                problems);
    }

    /** A registry without port blocks keeps the digest it had before there were any. */
    private static String digest(List<Organization> organizations, List<Asset> assets, List<PortBlock> blocks) {
        byte[] line = {'\n'};
        return blocks.isEmpty()
                ? Sm3.hex(Jsons.bytes(organizations), line, Jsons.bytes(assets))
                : Sm3.hex(Jsons.bytes(organizations), line, Jsons.bytes(assets), line, Jsons.bytes(blocks));
    }

    private static CsvTable table(
            Map<String, byte[]> files, String name, List<Column> columns, List<RegistryProblem> problems) {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            return new CsvTable(name, List.of());
        }
        Optional<String> text = CsvText.decode(bytes);
        if (text.isEmpty()) {
            problems.add(problem(name, "the file is neither UTF-8 nor GB18030 text", "save it as CSV UTF-8"));
            return new CsvTable(name, List.of());
        }
        return CsvTable.read(name, text.get(), columns, problems::add);
    }

    private static RegistryProblem problem(String file, String message, String remedy) {
        return new RegistryProblem(file, 0, "", "", message, remedy);
    }
}
