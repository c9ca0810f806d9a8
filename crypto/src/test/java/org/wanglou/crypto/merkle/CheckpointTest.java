package org.wanglou.crypto.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm2Signer;
import org.wanglou.crypto.sm.Sm2Verifier;

class CheckpointTest {
    private static final KeyPair PAIR = Keys.generate();
    private static final Sm2Signer SIGNER = Sm2Signer.of(PAIR.getPrivate());
    private static final String ORIGIN = "wanglou/sd/ledger/sm3";

    private final MerkleTree tree = MerkleTreeTest.tree(TreeHash.SM3, 11);
    private final Checkpoint head = new Checkpoint(ORIGIN, 11, tree.root());

    @Test
    void a_checkpoint_is_a_note_of_three_lines_and_a_signature() {
        String[] lines = head.sign(SIGNER).split("\n", -1);
        assertThat(lines[0]).isEqualTo(ORIGIN);
        assertThat(lines[1]).isEqualTo("11");
        assertThat(Base64.getDecoder().decode(lines[2])).isEqualTo(tree.root());
        assertThat(lines[3]).isEmpty();
        assertThat(lines[4]).startsWith("\u2014 " + ORIGIN + " ");
        byte[] value = Base64.getDecoder().decode(lines[4].substring(lines[4].lastIndexOf(' ') + 1));
        assertThat(value).hasSize(4 + 64);
        assertThat(lines).hasSize(6);
    }

    @Test
    void what_was_signed_is_read_back() {
        for (int i = 0; i < 300; i++) {
            // Many signatures, so that some R or S begins with zeros.
            assertThat(Checkpoint.verified(head.sign(SIGNER), PAIR.getPublic())).isEqualTo(head);
        }
    }

    @Test
    void no_character_of_a_checkpoint_may_change() {
        String text = head.sign(SIGNER);
        for (int i = 0; i < text.length(); i++) {
            String changed = text.substring(0, i) + (char) (text.charAt(i) ^ 1) + text.substring(i + 1);
            assertThatThrownBy(() -> Checkpoint.verified(changed, PAIR.getPublic()))
                    .as("character %d", i)
                    .isInstanceOf(Checkpoint.NotTrusted.class);
            String cut = text.substring(0, i);
            assertThatThrownBy(() -> Checkpoint.verified(cut, PAIR.getPublic()))
                    .isInstanceOf(Checkpoint.NotTrusted.class);
        }
    }

    @Test
    void another_key_is_not_believed_and_unknown_signatures_beside_ours_are_ignored() {
        KeyPair other = Keys.generate();
        String text = head.sign(SIGNER);
        assertThatThrownBy(() -> Checkpoint.verified(text, other.getPublic()))
                .hasMessageContaining("not signed by the trusted key");
        String theirs = head.sign(Sm2Signer.of(other.getPrivate()));
        String both = text + theirs.substring(theirs.indexOf("\n\n") + 2);
        assertThat(Checkpoint.verified(both, PAIR.getPublic())).isEqualTo(head);
        assertThat(Checkpoint.verified(both, other.getPublic())).isEqualTo(head);
    }

    @Test
    void other_writings_of_the_same_head_are_refused() {
        String root = Base64.getEncoder().encodeToString(tree.root());
        for (String body : new String[] {
            ORIGIN + "\n011\n" + root + "\n",
            ORIGIN + "\n+11\n" + root + "\n",
            ORIGIN + "\n11\n" + root + "\nextension\n",
            ORIGIN + "\n11\n" + root.replace("=", "") + "\n",
            ORIGIN + "\n-1\n" + root + "\n",
            "wanglou/sd/ledger/md5\n11\n" + root + "\n",
            "two words/sm3\n11\n" + root + "\n",
            ORIGIN + "\n11\n"
        }) {
            assertThatThrownBy(() -> Checkpoint.parse(body + "\n\u2014 x AAAAAAAA\n"))
                    .as(body)
                    .isInstanceOf(Checkpoint.NotTrusted.class);
        }
    }

    @Test
    void the_note_signature_is_the_signers_over_the_body() {
        String text = head.sign(SIGNER);
        byte[] value = Base64.getDecoder()
                .decode(text.substring(text.lastIndexOf(' ') + 1).strip());
        byte[] der = SignedNote.der(java.util.Arrays.copyOfRange(value, 4, 68));
        assertThat(new Sm2Verifier(PAIR.getPublic()).verify(head.body().getBytes(StandardCharsets.UTF_8), der))
                .isTrue();
        assertThat(SignedNote.raw(der)).isEqualTo(java.util.Arrays.copyOfRange(value, 4, 68));
    }

    @Test
    void a_proof_file_carries_leaf_path_and_head() {
        MerkleTree words = new MerkleTree(TreeHash.SM3);
        for (String word : new String[] {"望", "楼", "a", "b", "c"}) {
            words.append(word.getBytes(StandardCharsets.UTF_8));
        }
        Checkpoint signed = new Checkpoint(ORIGIN, 5, words.root());
        String text = new TlogProof("楼", 1, words.inclusionPath(1, 5), signed.sign(SIGNER)).text();
        assertThat(text).startsWith("c2sp.org/tlog-proof@v1\nextra ").contains("\nindex 1\n");
        TlogProof read = TlogProof.parse(text);
        assertThat(read.entry()).isEqualTo("楼");
        assertThat(read.text()).isEqualTo(text);
        assertThat(read.leadsTo(Checkpoint.verified(read.checkpoint(), PAIR.getPublic())))
                .isTrue();
        assertThat(new TlogProof("望", 1, read.path(), read.checkpoint()).leadsTo(signed))
                .isFalse();
        assertThatThrownBy(() -> TlogProof.parse("hello")).hasMessageContaining("line 1");
        assertThatThrownBy(() -> TlogProof.parse(text.replace("index 1", "index one")))
                .hasMessageContaining("line 3");
        for (int i = 0; i < text.indexOf("\n\n"); i++) {
            String changed = text.substring(0, i) + (char) (text.charAt(i) ^ 1) + text.substring(i + 1);
            boolean believed;
            try {
                believed = TlogProof.parse(changed).leadsTo(signed);
            } catch (IllegalArgumentException e) {
                believed = false;
            }
            assertThat(believed).as("character %d", i).isFalse();
        }
    }

    @Test
    void a_newer_head_carries_the_proof_that_it_continues_an_older_one() {
        Checkpoint older = new Checkpoint(ORIGIN, 6, tree.root(6));
        NewerHead newer =
                NewerHead.parse(NewerHead.since(tree, 6, 11, head.sign(SIGNER)).text());
        assertThat(newer.continues(older, head)).isTrue();
        assertThat(newer.continues(new Checkpoint(ORIGIN, 6, tree.root(5)), head))
                .isFalse();
        assertThat(newer.continues(new Checkpoint(ORIGIN, 5, tree.root(5)), head))
                .isFalse();
        NewerHead bare = NewerHead.parse(head.sign(SIGNER));
        assertThat(bare.from()).isEqualTo(-1);
        assertThat(bare.continues(older, head)).isFalse();
        assertThatThrownBy(() -> NewerHead.parse("old six\n\nx")).isInstanceOf(Checkpoint.NotTrusted.class);
    }
}
