package dev.cloister.contract.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TreeTest {
    /** The vectors of the reference implementation of RFC 6962. */
    private static final List<String> ENTRIES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void theKnownEntriesHaveTheKnownRoots() {
        var tree = new GrowingTree();
        assertThat(HexFormat.of().formatHex(tree.root().bytes())).isEqualTo(ROOTS.getFirst());
        for (int at = 0; at < ENTRIES.size(); at++) {
            tree.add(Hash.leaf(HexFormat.of().parseHex(ENTRIES.get(at))));
            assertThat(HexFormat.of().formatHex(tree.root().bytes())).isEqualTo(ROOTS.get(at + 1));
        }
    }

    @Test
    void aTreeThatGrowsInStepsIsTheTreeOfTheRfc() throws Exception {
        var random = new Random(1);
        var leaves = NaiveTree.leaves(70_000);
        var tree = new GrowingTree();
        while (tree.size() < leaves.size()) {
            int size = (int) tree.size();
            int next = Math.min(leaves.size(), size + 1 + random.nextInt(9000));
            leaves.subList(size, next).forEach(tree::add);
            assertThat(tree.root()).isEqualTo(NaiveTree.root(leaves.subList(0, next)));
            tree = new GrowingTree(next, tree.edge());
            assertThat(tree.root()).isEqualTo(NaiveTree.root(leaves.subList(0, next)));
        }
    }

    @Test
    void proofsOfTilesAreThoseOfTheRfcAndPass() throws Exception {
        var random = new Random(2);
        var all = NaiveTree.leaves(1200);
        for (int round = 0; round < 150; round++) {
            int size = round < 20 ? round + 1 : 1 + random.nextInt(all.size());
            var leaves = all.subList(0, size);
            var tree = new TiledTree(size, NaiveTree.tiles(all));
            int index = random.nextInt(size);
            int old = random.nextInt(size + 1);
            var root = NaiveTree.root(leaves);

            assertThat(tree.root()).isEqualTo(root);
            assertThat(tree.inclusion(index)).isEqualTo(NaiveTree.path(index, leaves));
            assertThat(Proofs.includes(root, size, index, leaves.get(index), tree.inclusion(index)))
                    .isTrue();
            assertThat(tree.consistency(old))
                    .isEqualTo(old == 0 ? List.of() : NaiveTree.consistency(old, leaves, true));
            assertThat(Proofs.extend(NaiveTree.root(leaves.subList(0, old)), old, root, size, tree.consistency(old)))
                    .isTrue();
        }
    }

    @Test
    void noProofPassesForAnythingElse() throws Exception {
        var random = new Random(3);
        var all = NaiveTree.leaves(600);
        for (int round = 0; round < 300; round++) {
            int size = 2 + random.nextInt(all.size() - 2);
            var leaves = all.subList(0, size);
            var root = NaiveTree.root(leaves);
            int index = random.nextInt(size);
            var path = NaiveTree.path(index, leaves);

            assertThat(Proofs.includes(root, size, (index + 1) % size, leaves.get(index), path))
                    .isFalse();
            assertThat(Proofs.includes(root, size, index, leaves.get((index + 1) % size), path))
                    .isFalse();
            assertThat(Proofs.includes(root, size, index, leaves.get(index), changed(path, random)))
                    .isFalse();
            assertThat(Proofs.includes(root, size, size, leaves.get(index), path))
                    .isFalse();
            assertThat(Proofs.includes(root, size, -1, leaves.get(index), path)).isFalse();

            int old = 1 + random.nextInt(size - 1);
            var oldRoot = NaiveTree.root(leaves.subList(0, old));
            var steps = NaiveTree.consistency(old, leaves, true);
            assertThat(Proofs.extend(oldRoot, old, root, size, changed(steps, random)))
                    .isFalse();
            assertThat(Proofs.extend(root, old, root, size, steps)).isFalse();
            assertThat(Proofs.extend(oldRoot, old, oldRoot, size, steps)).isFalse();
            assertThat(Proofs.extend(oldRoot, size, root, old, steps)).isFalse();
        }
    }

    /** One hash another, one more, or one less. */
    private static List<Hash> changed(List<Hash> path, Random random) {
        var other = new ArrayList<>(path);
        int kind = random.nextInt(3);
        int at = random.nextInt(path.size());
        if (kind == 0) {
            other.set(at, Hash.leaf(new byte[] {1}));
        } else if (kind == 1) {
            other.add(at, Hash.leaf(new byte[] {2}));
        } else {
            other.remove(at);
        }
        return other;
    }

    @Test
    void anEmptyTreeIsTheBeginningOfEveryOtherAndNothingElseIs() {
        var root = NaiveTree.root(NaiveTree.leaves(3));
        assertThat(Proofs.extend(Hash.EMPTY_ROOT, 0, root, 3, List.of())).isTrue();
        assertThat(Proofs.extend(Hash.EMPTY_ROOT, 0, Hash.EMPTY_ROOT, 0, List.of()))
                .isTrue();
        assertThat(Proofs.extend(Hash.EMPTY_ROOT, 0, root, 0, List.of())).isFalse();
        assertThat(Proofs.extend(Hash.EMPTY_ROOT, 0, root, 3, List.of(root))).isFalse();
        assertThat(Proofs.extend(root, 3, root, 3, List.of(root))).isFalse();
    }

    @Test
    void aPrefixAndTheLeavesAfterItMakeTheSameRoot() throws Exception {
        var leaves = NaiveTree.leaves(1000);
        var prefix = new TiledTree(1000, NaiveTree.tiles(leaves)).prefix(768);
        assertThat(prefix)
                .containsExactly(NaiveTree.root(leaves.subList(0, 512)), NaiveTree.root(leaves.subList(512, 768)));
    }

    @Test
    void aSourceThatLiesAboutWidthsIsRefused() {
        var tree = new TiledTree(300, tile -> new byte[5]);
        assertThatThrownBy(tree::root).isInstanceOf(MalformedProofException.class);
    }

    @Test
    void tilesAreNamedAsInTheSpecification() throws Exception {
        assertThat(new Tile(0, 1_234_067, 256).path()).isEqualTo("0/x001/x234/067");
        assertThat(new Tile(1, 0, 17).path()).isEqualTo("1/000.p/17");
        assertThat(Tile.edge(70_000)).containsExactly(new Tile(0, 273, 112), new Tile(1, 1, 17), new Tile(2, 0, 1));
        assertThat(Tile.edge(256)).containsExactly(new Tile(1, 0, 1));
        for (var tile : List.of(new Tile(0, 0, 1), new Tile(2, 999, 255), new Tile(0, 1000, 256))) {
            assertThat(Tile.parse(tile.level(), tile.indexPath())).isEqualTo(tile);
        }
        for (String bad : List.of(
                "",
                "0",
                "00",
                "1234",
                "x001",
                "x001/",
                "/001",
                "001/002",
                "x01/002",
                "x000/001",
                "001.p/0",
                "001.p/256",
                "001.p/01",
                "001.p",
                "001.p/",
                "001.p/1/2",
                "x001.p/1",
                "-01",
                "0x1",
                "x999/x999/x999/x999/x999/x999/999",
                "x001/x001/x001/x001/x001/x001/x001/x001/001",
                "../001",
                "\u0660\u0661\u0662")) {
            assertThatThrownBy(() -> Tile.parse(0, bad)).as(bad).isInstanceOf(MalformedProofException.class);
        }
    }

    @Test
    void bundlesOfEntriesComeBackWhole() throws Exception {
        var entries = List.of(new byte[0], new byte[] {1}, new byte[EntryBundle.LONGEST_ENTRY]);
        byte[] bundle = EntryBundle.write(entries);
        assertThat(EntryBundle.read(bundle, 3)).containsExactlyElementsOf(entries);
        assertThatThrownBy(() -> EntryBundle.read(bundle, 2)).isInstanceOf(MalformedProofException.class);
        assertThatThrownBy(() -> EntryBundle.read(bundle, 4)).isInstanceOf(MalformedProofException.class);
        assertThatThrownBy(() -> EntryBundle.read(new byte[] {0}, 1)).isInstanceOf(MalformedProofException.class);
        assertThatThrownBy(() -> EntryBundle.read(new byte[] {0, 9, 1}, 1)).isInstanceOf(MalformedProofException.class);
    }
}
