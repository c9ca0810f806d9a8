package org.wanglou.crypto.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 9162 2.1 against published roots, a recursive oracle, and every single bit. */
class MerkleTreeTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final int MOST = 130;
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
    private static final List<String> SHA256 = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    private static final List<String> SM3 = List.of(
            "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b",
            "2daef60e7a0b8f5e024c81cd2ab3109f2b4f155cf83adeb2ae5532f74a157fdf",
            "0b990fe0c7ad70f1bf1a1262f2c7908ea48146b14253a6db99f2917ab1f5cc4d",
            "209ec96a210d662a964772680e8544d18cab7b88ffec3e00962220349b56ea56",
            "28e4e307ef6d2d0c62d84b11ef96e835efe490f35b93c8f024ecfe38c8dd4377",
            "bb10c996aeebbcdc69be3715fc847344de77442d37a5ab8213da9f41785b103b",
            "8723c1ab1f82ddfba4a3733ac0c80d936d9f4c208c7dbc8cc81ca9fff8584f66",
            "bd36c22a1ac6ff4308e0c3cc1a85bf0ffa30538ec60a55c70413ab15d45db4d2",
            "bc48ba7a709184b5f2a631e1adeb8dc2a0d4c018c1d6cc89b5664fe154c93b38");

    @ParameterizedTest
    @EnumSource
    void roots_of_zero_to_eight_leaves_are_the_published_ones(TreeHash hash) {
        List<String> roots = hash == TreeHash.SM3 ? SM3 : SHA256;
        MerkleTree tree = new MerkleTree(hash);
        assertThat(HEX.formatHex(tree.root())).isEqualTo(roots.get(0));
        for (int n = 1; n <= 8; n++) {
            assertThat(tree.append(HEX.parseHex(LEAVES.get(n - 1)))).isEqualTo(n - 1);
            assertThat(HEX.formatHex(tree.root())).isEqualTo(roots.get(n));
        }
        for (int n = 0; n <= 8; n++) {
            assertThat(HEX.formatHex(tree.root(n))).isEqualTo(roots.get(n));
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_leaf_of_every_tree_is_proven_and_no_other_claim_is(TreeHash hash) {
        MerkleTree tree = tree(hash, MOST);
        for (int n = 1; n <= MOST; n++) {
            byte[] root = oracleRoot(hash, tree, 0, n);
            assertThat(tree.root(n)).isEqualTo(root);
            for (int m = 0; m < n; m++) {
                InclusionProof proof = InclusionProof.of(tree, m, n);
                byte[] leaf = tree.subtree(0, m);
                assertThat(proof.verify(hash, leaf, root)).isTrue();
                assertThat(new InclusionProof(m + 1, n, proof.path()).verify(hash, leaf, root))
                        .isFalse();
                assertThat(new InclusionProof(m, n, longer(proof.path())).verify(hash, leaf, root))
                        .isFalse();
                if (!proof.path().isEmpty()) {
                    assertThat(new InclusionProof(m, n, shorter(proof.path())).verify(hash, leaf, root))
                            .isFalse();
                }
                assertThat(proof.verify(hash, tree.subtree(0, (m + 1) % MOST), root))
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_tree_continues_every_smaller_one_and_no_other_claim_holds(TreeHash hash) {
        MerkleTree tree = tree(hash, MOST);
        for (int n = 0; n <= MOST; n++) {
            byte[] newer = tree.root(n);
            for (int m = 0; m <= n; m++) {
                byte[] older = tree.root(m);
                ConsistencyProof proof = ConsistencyProof.of(tree, m, n);
                assertThat(proof.verify(hash, older, newer)).isTrue();
                assertThat(new ConsistencyProof(m, n, longer(proof.path())).verify(hash, older, newer))
                        .isFalse();
                if (!proof.path().isEmpty()) {
                    assertThat(new ConsistencyProof(m, n, shorter(proof.path())).verify(hash, older, newer))
                            .isFalse();
                }
                assertThat(proof.verify(hash, flip(older, m % 256), newer)).isFalse();
                if (m > 0) {
                    assertThat(proof.verify(hash, older, flip(newer, n % 256))).isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_single_bit_of_a_proof_may_change(TreeHash hash) {
        for (int n : new int[] {1, 2, 3, 7, 8, 11, 64, 100, 129}) {
            MerkleTree tree = tree(hash, n);
            byte[] root = tree.root();
            for (int m : new int[] {0, n / 3, n - 1}) {
                InclusionProof inclusion = InclusionProof.of(tree, m, n);
                byte[] leaf = tree.subtree(0, m);
                for (int bit = 0; bit < 256; bit++) {
                    assertThat(inclusion.verify(hash, flip(leaf, bit), root)).isFalse();
                    assertThat(inclusion.verify(hash, leaf, flip(root, bit))).isFalse();
                    for (int i = 0; i < inclusion.path().size(); i++) {
                        assertThat(new InclusionProof(m, n, flip(inclusion.path(), i, bit)).verify(hash, leaf, root))
                                .isFalse();
                    }
                }
                for (int bit = 0; bit < 63; bit++) {
                    assertThat(new InclusionProof(m ^ 1L << bit, n, inclusion.path()).verify(hash, leaf, root))
                            .isFalse();
                }
                int from = Math.max(m, 1);
                ConsistencyProof consistency = ConsistencyProof.of(tree, from, n);
                byte[] older = tree.root(from);
                for (int i = 0; i < consistency.path().size(); i++) {
                    for (int bit = 0; bit < 256; bit++) {
                        assertThat(new ConsistencyProof(from, n, flip(consistency.path(), i, bit))
                                        .verify(hash, older, root))
                                .isFalse();
                    }
                }
            }
        }
    }

    /**
     * A size is bound by the signed checkpoint, not by the path: where two sizes give one shape the path alone cannot tell
     * them apart, so only sizes of another path length are refused here.
     */
    @Test
    void a_size_of_another_depth_is_refused() {
        MerkleTree tree = tree(TreeHash.SM3, 100);
        InclusionProof proof = InclusionProof.of(tree, 10, 100);
        for (int bit = 7; bit < 63; bit++) {
            assertThat(new InclusionProof(10, 100 ^ 1L << bit, proof.path())
                            .verify(TreeHash.SM3, tree.subtree(0, 10), tree.root()))
                    .isFalse();
        }
        assertThat(new InclusionProof(10, 0, proof.path()).verify(TreeHash.SM3, tree.subtree(0, 10), tree.root()))
                .isFalse();
        assertThat(new InclusionProof(-1, 100, proof.path()).verify(TreeHash.SM3, tree.subtree(0, 10), tree.root()))
                .isFalse();
    }

    @Test
    void what_the_tree_does_not_have_is_not_proven() {
        MerkleTree tree = tree(TreeHash.SM3, 5);
        assertThatThrownBy(() -> InclusionProof.of(tree, 5, 5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> InclusionProof.of(tree, 0, 6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ConsistencyProof.of(tree, 3, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.root(6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.subtree(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.appendLeafHash(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    static MerkleTree tree(TreeHash hash, int leaves) {
        MerkleTree tree = new MerkleTree(hash);
        for (int i = 0; i < leaves; i++) {
            tree.append(new byte[] {(byte) i, (byte) (i >>> 8), 42});
        }
        return tree;
    }

    /** MTH as RFC 9162 writes it down. */
    private static byte[] oracleRoot(TreeHash hash, MerkleTree tree, int begin, int end) {
        if (end - begin == 1) {
            return tree.subtree(0, begin);
        }
        int k = 1;
        while (k * 2 < end - begin) {
            k *= 2;
        }
        return hash.node(oracleRoot(hash, tree, begin, begin + k), oracleRoot(hash, tree, begin + k, end));
    }

    private static byte[] flip(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    private static List<byte[]> flip(List<byte[]> path, int at, int bit) {
        List<byte[]> flipped = new ArrayList<>(path);
        flipped.set(at, flip(path.get(at), bit));
        return flipped;
    }

    private static List<byte[]> longer(List<byte[]> path) {
        List<byte[]> longer = new ArrayList<>(path);
        longer.add(new byte[32]);
        return longer;
    }

    private static List<byte[]> shorter(List<byte[]> path) {
        return Arrays.asList(path.toArray(new byte[0][])).subList(0, path.size() - 1);
    }
}
