package org.wanglou.app.knowledge;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.wanglou.app.cli.Output;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.rules.Pack;
import org.wanglou.rules.Packs;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.grading.Tables;
import org.wanglou.rules.sigma.pipeline.Pipelines;

/** Packs that a command names. Stateless. */
final class PackFolders {
    private PackFolders() {}

    /** Those in the folders; without any, those of the distribution. */
    static List<Pack> read(List<Path> folders, Output output) {
        return read(folders, output, Pipelines.standard());
    }

    /** As above, through these pipelines. */
    static List<Pack> read(List<Path> folders, Output output, Pipelines pipelines) {
        for (Path folder : folders) {
            if (!Files.exists(folder)) {
                throw output.usage(folder + " does not exist");
            }
        }
        return folders.isEmpty() ? Packs.builtIn() : Packs.fromFolders(folders, pipelines);
    }

    /** Why the story rules of a pack do not compile. */
    static Optional<RuleProblem> storyProblem(Pack pack) {
        if (pack.storyDrl().isEmpty()) {
            return Optional.empty();
        }
        try {
            Knowledge.of(List.of(pack), Tables.builtIn());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(new RuleProblem(
                    pack.source() + "/story.drl", 0, String.valueOf(e.getMessage()), "mend the story rule"));
        }
    }
}
