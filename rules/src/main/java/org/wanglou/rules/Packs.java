package org.wanglou.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.wanglou.rules.sigma.pipeline.Pipelines;

/** The packs of the distribution, and packs from folders. */
public final class Packs {
    private static final String ROOT = "packs/";

    private Packs() {}

    /** The packs inside the jar, in the order of {@code packs/index.txt} (one {@code pack: file file …} per line). */
    public static List<Pack> builtIn() {
        ClassLoader loader = Packs.class.getClassLoader();
        List<Pack> packs = new ArrayList<>();
        for (String line : PackReader.resource(loader, ROOT + "index.txt").split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                List<String> names = List.of(line.substring(colon + 1).strip().split(" +", -1));
                packs.add(
                        PackReader.read(loader, ROOT + line.substring(0, colon).strip(), names));
            }
        }
        return List.copyOf(packs);
    }

    public static List<Pack> fromFolders(List<Path> folders) {
        return fromFolders(folders, Pipelines.standard());
    }

    /** @param pipelines what their rules go through */
    public static List<Pack> fromFolders(List<Path> folders, Pipelines pipelines) {
        return folders.stream()
                .map(folder -> PackReader.read(folder, pipelines))
                .toList();
    }

    /** The default assembly: signals of level medium and above that no pack's story claims. */
    public static String assemblyDrl() {
        return PackReader.resource(Packs.class.getClassLoader(), "stories/assembly.drl");
    }

    /** The grading rules, the only ones that may say {@code judge}. */
    public static String gradingDrl() {
        return PackReader.resource(Packs.class.getClassLoader(), "stories/grading.drl");
    }
}
