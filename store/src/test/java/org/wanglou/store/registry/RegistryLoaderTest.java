package org.wanglou.store.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.model.registry.Asset;
import org.wanglou.model.registry.Organization;
import org.wanglou.model.registry.ProtectionLevel;
import org.wanglou.model.registry.Registry;
import org.wanglou.model.registry.Responsibility;

class RegistryLoaderTest {
    private static final String UNITS = """
            # made up
            id,parent,name,kind,prefixes
            990000,,示范省教育厅,province,10.0.0.0/8
            990100,990000,云麓市教育局,市,10.1.0.0/16;2001:db8:1::/48
            """;

    private static LoadedRegistry read(String organizations, String assets, String contacts) {
        return RegistryLoader.read(Map.of(
                "organizations.csv", organizations.getBytes(StandardCharsets.UTF_8),
                "assets.csv", assets.getBytes(StandardCharsets.UTF_8),
                "contacts.csv", contacts.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> problems(LoadedRegistry loaded) {
        return loaded.problems().stream().map(RegistryProblem::toString).toList();
    }

    @Test
    void the_sample_province_is_whole_and_without_a_problem() {
        LoadedRegistry sample = RegistryLoader.sample();
        assertThat(sample.problems()).isEmpty();
        assertThat(sample.organizations().stream().filter(unit -> unit.kind().equals("city")))
                .hasSize(16);
        assertThat(sample.organizations()).extracting(Organization::kind).contains("county", "school", "guest");
        Registry registry = sample.registry();
        assertThat(registry.unitOf("10.1.17.9").map(Organization::id)).contains("S99010101");
        assertThat(registry.unitOf("2001:db8:1:1100::9").map(Organization::id)).contains("S99010101");
        assertThat(registry.unitOf("10.1.200.9").map(Organization::id)).contains("990100");
        assertThat(registry.unitOf("203.0.113.1")).isEmpty();
        assertThat(registry.within("S99010101", "990000")).isTrue();
        assertThat(registry.within("S99010101", "990200")).isFalse();
        Asset records = registry.assetNamed("xueji01").orElseThrow();
        assertThat(records.persons()).isEqualTo(1_200_000);
        assertThat(records.dataClass()).isEqualTo("personal");
        assertThat(records.level()).isEqualTo(ProtectionLevel.LEVEL_3);
        assertThat(records.duties()).extracting(Responsibility::duty).containsExactly("主管", "运维", "使用");
        assertThat(sample.assets()).extracting(Asset::level).contains(ProtectionLevel.UNKNOWN);
        assertThat(registry.organization("990000").orElseThrow().contacts())
                .extracting(Responsibility::duty)
                .containsExactly("第一责任人", "直接责任人", "联络员A", "联络员B");
    }

    @Test
    void every_sample_asset_lies_inside_its_own_unit() {
        LoadedRegistry sample = RegistryLoader.sample();
        for (Asset asset : sample.assets()) {
            for (String address : asset.addresses()) {
                assertThat(sample.registry()
                                .unitOf(address.replaceAll("/.*", ""))
                                .map(Organization::id))
                        .as(asset.id() + " " + address)
                        .contains(asset.organization());
            }
        }
    }

    @Test
    void the_sample_can_be_written_changed_and_read_from_a_directory(@TempDir Path directory) throws Exception {
        RegistryLoader.writeSample(directory);
        assertThat(RegistryLoader.load(directory).digest())
                .isEqualTo(RegistryLoader.sample().digest());
        Path assets = directory.resolve("assets.csv");
        String text = Files.readString(assets);
        Files.writeString(assets, text.replace("www.sfu.shifan.example,2,", "www.sfu.shifan.example,第四级,"));
        RegistryLoader.writeSample(directory);
        LoadedRegistry changed = RegistryLoader.load(directory);
        assertThat(changed.registry().asset("sfu-web").orElseThrow().level()).isEqualTo(ProtectionLevel.LEVEL_4);
        assertThat(changed.digest()).isNotEqualTo(RegistryLoader.sample().digest());
    }

    @Test
    void a_directory_without_files_says_so(@TempDir Path directory) {
        LoadedRegistry loaded = RegistryLoader.load(directory);
        assertThat(problems(loaded)).hasSize(1).first().asString().contains("organizations.csv:0", "no such file");
        assertThat(loaded.organizations()).isEmpty();
    }

    @Test
    void encodings_and_order_of_rows_and_columns_do_not_change_the_digest() {
        String digest = read(UNITS, "", "").digest();
        String gbk = "名称,类型,编码,上级,网段\r\n云麓市教育局,市,990100,990000,10.1.2.3/16；2001:DB8:1::/48\r\n"
                + "示范省教育厅,省,990000,,10.0.0.0/8\r\n";
        for (byte[] bytes : List.of(
                gbk.getBytes(Charset.forName("GB18030")),
                gbk.getBytes(StandardCharsets.UTF_8),
                marked(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, gbk.getBytes(StandardCharsets.UTF_8)),
                marked(new byte[] {(byte) 0xff, (byte) 0xfe}, gbk.getBytes(StandardCharsets.UTF_16LE)))) {
            LoadedRegistry loaded = RegistryLoader.read(Map.of("organizations.csv", bytes));
            assertThat(loaded.problems()).isEmpty();
            assertThat(loaded.digest()).isEqualTo(digest);
        }
    }

    private static byte[] marked(byte[] mark, byte[] text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(mark);
        bytes.writeBytes(text);
        return bytes.toByteArray();
    }

    @Test
    void each_bad_cell_is_named_with_file_line_column_and_remedy_and_the_rest_is_loaded() {
        LoadedRegistry loaded = read(
                UNITS
                        + "bad id,990000,x,school,\n"
                        + "990100,990000,again,city,\n"
                        + "990200,nowhere,青溪市,city,10.1.0.0/16\n"
                        + "990300,990000,望潮市,planet,\n"
                        + "990400,990000,,city,\n"
                        + "990500,990000,鹤鸣市,city,10.300.0.0/16;10.5.0.0/16;10.6.0.0/99\n",
                "id,name,organization,addresses,level,critical,persons,colour\n"
                        + "a1,门户,990100,10.1.0.9,六级,也许,很多,red\n"
                        + "a2,无主,nobody,,,,,\n"
                        + "a1,again,990100,,,,,\n"
                        + "a3,\"引号 \"\"内\"\" , 逗号\",990100,10.1.0.9,第三级,是,46_000,\n",
                "owner,duty,name,contact\nnobody,主管,赵某,1\n990000,,x,\n");
        assertThat(problems(loaded))
                .anyMatch(problem -> problem.startsWith("organizations.csv:5:id bad id:"))
                .anyMatch(problem -> problem.startsWith("organizations.csv:6:id 990100: the id is in line 4"))
                .anyMatch(problem -> problem.startsWith("organizations.csv:7:parent nowhere:"))
                .anyMatch(problem -> problem.startsWith("organizations.csv:7:prefixes 10.1.0.0/16: belongs to 990100"))
                .anyMatch(problem -> problem.startsWith("organizations.csv:8:kind planet:"))
                .anyMatch(problem -> problem.startsWith("organizations.csv:9:name:"))
                .anyMatch(problem -> problem.startsWith("organizations.csv:10:prefixes 10.300.0.0/16:"))
                .anyMatch(problem -> problem.startsWith("organizations.csv:10:prefixes 10.6.0.0/99:"))
                .anyMatch(problem -> problem.startsWith("assets.csv:1 colour: unknown column"))
                .anyMatch(problem -> problem.startsWith("assets.csv:2:level 六级:"))
                .anyMatch(problem -> problem.startsWith("assets.csv:2:critical 也许:"))
                .anyMatch(problem -> problem.startsWith("assets.csv:2:persons 很多:"))
                .anyMatch(problem -> problem.startsWith("assets.csv:3:organization nobody:"))
                .anyMatch(problem -> problem.startsWith("assets.csv:4:id a1: the id is in line 2"))
                .anyMatch(problem -> problem.startsWith("assets.csv:5:addresses 10.1.0.9: belongs to a1"))
                .anyMatch(problem -> problem.startsWith("contacts.csv:2:owner nobody:"))
                .anyMatch(problem -> problem.startsWith("contacts.csv:3:"))
                .hasSize(17);
        assertThat(loaded.organizations())
                .extracting(Organization::id)
                .containsExactly("990000", "990100", "990200", "990500");
        assertThat(loaded.registry().unitOf("10.5.1.1").map(Organization::id)).contains("990500");
        Asset quoted = loaded.registry().asset("a3").orElseThrow();
        assertThat(quoted.name()).isEqualTo("引号 \"内\" , 逗号");
        assertThat(quoted.level()).isEqualTo(ProtectionLevel.LEVEL_3);
        assertThat(quoted.critical()).isTrue();
        assertThat(quoted.persons()).isEqualTo(46_000);
    }

    @Test
    void a_circle_of_parents_is_named_and_broken() {
        LoadedRegistry loaded = read("id,parent,name,kind\na,b,甲,city\nb,a,乙,city\nc,a,丙,school\n", "", "");
        assertThat(problems(loaded))
                .anyMatch(problem -> problem.startsWith("organizations.csv:2:parent b: the way up"));
        assertThat(loaded.organizations()).hasSize(3);
    }

    @Test
    void a_missing_column_or_header_leaves_the_file_out_and_says_so() {
        assertThat(problems(read("id,name\n1,x\n", "", "")))
                .anyMatch(problem -> problem.startsWith("organizations.csv:1:kind: the column is missing"));
        assertThat(problems(read("# nothing\n", "", ""))).anyMatch(problem -> problem.contains("no header row"));
        byte[] neither = {'i', 'd', (byte) 0xff, (byte) 0xff, 0};
        assertThat(RegistryLoader.read(Map.of("organizations.csv", neither)).problems())
                .extracting(RegistryProblem::message)
                .containsExactly("the file is neither UTF-8 nor GB18030 text");
    }

    @Test
    void an_unclosed_quotation_mark_is_named_by_its_line() {
        assertThat(problems(read(UNITS + "990200,990000,\"青溪市,city,\nmore\n", "", "")))
                .anyMatch(problem -> problem.startsWith("organizations.csv:5: a quotation mark is never closed"));
    }

    @Test
    void shuffled_rows_give_the_same_registry() {
        LoadedRegistry sample = RegistryLoader.sample();
        List<String> rows = new ArrayList<>();
        for (Organization unit : sample.organizations()) {
            rows.add(String.join(
                    ",", unit.id(), unit.parent(), unit.name(), unit.kind(), String.join(";", unit.prefixes())));
        }
        String before = read("id,parent,name,kind,prefixes\n" + String.join("\n", rows), "", "")
                .digest();
        Collections.shuffle(rows, new Random(3));
        assertThat(read("id,parent,name,kind,prefixes\n" + String.join("\n", rows), "", "")
                        .digest())
                .isEqualTo(before);
    }

    @Property
    void any_bytes_are_read_without_a_throw(@ForAll byte[] bytes, @ForAll String text) {
        LoadedRegistry loaded = RegistryLoader.read(
                Map.of("organizations.csv", (UNITS + text).getBytes(StandardCharsets.UTF_8), "assets.csv", bytes));
        assertThat(loaded.registry().organization("990000")).isPresent();
    }

    @Test
    void port_blocks_tell_who_is_behind_a_public_address_and_never_overlap() {
        LoadedRegistry loaded = RegistryLoader.read(Map.of(
                "organizations.csv", UNITS.getBytes(StandardCharsets.UTF_8),
                "port-blocks.csv", """
                单位,公网地址,起始端口,结束端口
                990100,203.0.113.7,1024,2047
                990000,203.0.113.7,3072,4095
                990000,203.0.113.7,2000,2100
                990000,203.0.113.7,900,5000
                990100,203.0.113.8,1024,2047
                none,203.0.113.9,1,2
                990000,203.0.113.0/24,1,2
                990000,203.0.113.9,0,2
                990000,203.0.113.9,2,1
                """.getBytes(StandardCharsets.UTF_8)));
        assertThat(problems(loaded))
                .satisfiesExactly(
                        one -> assertThat(one).contains("port-blocks.csv:4", "overlaps 1024 to 2047 of 990100"),
                        one -> assertThat(one).contains("port-blocks.csv:5", "overlaps 3072 to 4095 of 990000"),
                        one -> assertThat(one).contains("port-blocks.csv:7", "no such unit"),
                        one -> assertThat(one).contains("port-blocks.csv:8", "not one address"),
                        one -> assertThat(one).contains("port-blocks.csv:9", "not a port"),
                        one -> assertThat(one).contains("port-blocks.csv:10", "below the first port"));
        Registry registry = loaded.registry();
        assertThat(registry.unitBehind("203.0.113.7", 1024).map(Organization::id))
                .contains("990100");
        assertThat(registry.unitBehind("203.0.113.7", 2047).map(Organization::id))
                .contains("990100");
        assertThat(registry.unitBehind("203.0.113.7", 2048)).isEmpty();
        assertThat(registry.unitBehind("203.0.113.7", 4095).map(Organization::id))
                .contains("990000");
        assertThat(registry.unitBehind("203.0.113.7", 1023)).isEmpty();
        assertThat(registry.unitBehind("203.0.113.7", 1L << 40)).isEmpty();
        assertThat(registry.unitBehind("203.0.113.1", 1024)).isEmpty();
        assertThat(loaded.digest()).isNotEqualTo(read(UNITS, "", "").digest());
    }
}
